import Testing

@testable import Verification

@Suite struct ErrorRateTailTests {
    private func scores(_ count: Int, grain: Float, seed: UInt64) -> [Float] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in (Float.random(in: -1...1, using: &generator) * grain).rounded() / grain }
    }

    @Test(arguments: [Float(1e6), 50])
    func theLargestAreThoseOfASort(_ grain: Float) {
        let scores = scores(5000, grain: grain, seed: 1)
        for capacity in [1, 2, 10, 700, 4999, 5000, 9000] {
            var whole = LargestScores(capacity: capacity)
            var first = whole
            var second = whole
            scores.withUnsafeBufferPointer { scores in
                whole.offer(scores)
                first.offer(UnsafeBufferPointer(rebasing: scores[..<1700]))
                second.offer(UnsafeBufferPointer(rebasing: scores[1700...]))
            }
            first.merge(second)
            let expected = Array(scores.sorted().suffix(capacity))
            #expect(whole.ascending() == expected && first.ascending() == expected)
        }
    }

    /// With ties everywhere, and with hardly any, the tail reads as the whole curve does.
    @Test(arguments: [Float(1e6), 30])
    func everyConventionReadsAsOnAllScores(_ grain: Float) throws {
        let genuine = scores(900, grain: grain, seed: 2)
        let impostor = scores(20_000, grain: grain, seed: 3)
        let curve = ErrorRateCurve(try Scores(genuine: genuine, impostor: impostor))
        for rate in [1e-4, 1e-3, 0.0123, 0.2, 0.9] {
            let kept = ErrorRateTail.keptCount(falseAcceptRate: rate, impostorCount: impostor.count)
            // A score that ties with the lowest one kept must not stay outside.
            let lowest = impostor.sorted().suffix(kept)[impostor.count - kept]
            let tied = impostor.sorted().filter { $0 >= lowest }
            for largest in [Array(impostor.sorted().suffix(kept)), tied] {
                let tail = try ErrorRateTail(genuine: genuine, largestImpostor: largest, impostorCount: impostor.count)
                for convention in [FalseAcceptConvention.atMost, .impostorRank] {
                    let value = try tail.trueAcceptRate(atFalseAcceptRate: rate, convention)
                    #expect(value.value == curve.trueAcceptRate(atFalseAcceptRate: rate, convention))
                    #expect(value.name == "TAR@FAR=\(scientific(rate))[\(convention.rawValue)]")
                }
                let point = try tail.lowestPoint(falseAcceptRateAtMost: rate)
                #expect(point == curve.lowestPoint(falseAcceptRateAtMost: rate))
            }
            let tail = try ErrorRateTail(genuine: genuine, largestImpostor: tied, impostorCount: impostor.count)
            for convention in [FalseAcceptConvention.interpolated, .nearest] {
                let value = try tail.trueAcceptRate(atFalseAcceptRate: rate, convention).value
                #expect(value.isNear(curve.trueAcceptRate(atFalseAcceptRate: rate, convention), within: 1e-12))
            }
        }
    }
}
