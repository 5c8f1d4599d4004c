import Testing

@testable import Verification

@Suite struct ErrorRateCurveTests {
    @Test func pointsAreTheDefinitionAtEveryDistinctScore() {
        for scores in Samples.mixed {
            let points = ErrorRateCurve(scores).points()
            let naive = NaiveMetrics(scores).points
            #expect(points.dropLast().map(\.threshold) == naive.dropLast().map(\.threshold))
            #expect(points.map(\.falseAcceptRate) == naive.map(\.falseAcceptRate))
            #expect(points.map(\.falseRejectRate) == naive.map(\.falseRejectRate))
        }
    }

    @Test func aThresholdAcceptsScoresEqualToIt() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [1, 2, 2, 3], impostor: [0, 2]))
        #expect(curve.point(at: 2).falseAcceptRate == 0.5)
        #expect(curve.point(at: 2).falseRejectRate == 0.25)
        #expect(curve.point(at: 2.0.nextUp).falseAcceptRate == 0)
        #expect(curve.point(at: 2.0.nextUp).falseRejectRate == 0.75)
        #expect(curve.point(at: -10).falseAcceptRate == 1)
        #expect(curve.point(at: 10).falseRejectRate == 1)
    }

    @Test func theLastPointAcceptsNothing() throws {
        let last = ErrorRateCurve(try Scores(genuine: [1], impostor: [4])).points().last
        #expect(last?.threshold == 4.0.nextUp)
        #expect(last?.falseAcceptRate == 0)
        #expect(last?.falseRejectRate == 1)
    }

    /// Weighting by whole numbers is writing the trials that often.
    @Test func weightsAreRepeatedTrials() throws {
        var generator = SplitMix64(seed: 3)
        for scores in Samples.mixed {
            let genuineWeights = scores.genuine.map { _ in generator.next(below: 4) }
            let impostorWeights = scores.impostor.map { _ in generator.next(below: 4) }
            let weighted = try ErrorRateCurve(
                scores, genuineWeights: genuineWeights.map(Double.init),
                impostorWeights: impostorWeights.map(Double.init))
            let repeated = ErrorRateCurve(
                try Scores(
                    genuine: zip(scores.genuine, genuineWeights).flatMap { Array(repeating: $0, count: $1) },
                    impostor: zip(scores.impostor, impostorWeights).flatMap { Array(repeating: $0, count: $1) }))
            #expect(weighted.points().dropLast() == repeated.points().dropLast())
            for convention in EqualErrorRate.Convention.allCases where convention != .meanAtClosestTiesSplit {
                #expect(weighted.equalErrorRate(convention).rate == repeated.equalErrorRate(convention).rate)
            }
            for convention in FalseAcceptConvention.allCases {
                #expect(
                    weighted.trueAcceptRate(atFalseAcceptRate: 0.1, convention)
                        == repeated.trueAcceptRate(atFalseAcceptRate: 0.1, convention))
            }
            #expect(weighted.areaUnderCurve().isNear(repeated.areaUnderCurve()))
            #expect(weighted.dPrime().isNear(repeated.dPrime()))
        }
    }

    @Test func wrongWeightsAreRefused() throws {
        let scores = try Scores(genuine: [1, 2], impostor: [0])
        #expect(throws: VerificationError.countMismatch(what: "genuine weights", count: 1, expected: 2)) {
            try ErrorRateCurve(scores, genuineWeights: [1], impostorWeights: [1])
        }
        #expect(throws: VerificationError.invalidWeight(set: "genuine", trial: 1, value: "-1.0")) {
            try ErrorRateCurve(scores, genuineWeights: [1, -1], impostorWeights: [1])
        }
        #expect(throws: VerificationError.noImpostorTrials) {
            try ErrorRateCurve(scores, genuineWeights: [1, 1], impostorWeights: [0])
        }
    }

    /// Genuine 1 2 3 5 and impostor 0 4 6: runs of one side lose their inner points.
    @Test func cornersDropTheInsideOfRuns() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [1, 2, 3, 5], impostor: [0, 4, 6]))
        #expect(curve.points().map(\.threshold) == [0, 1, 2, 3, 4, 5, 6, 6.0.nextUp])
        #expect(curve.corners().map(\.threshold) == [0, 1, 4, 5, 6, 6.0.nextUp])
    }
}
