import Testing

@testable import Verification

struct FoldedPairsTests {
    @Test func handComputed() throws {
        // Two folds. The first wants a threshold in (.2, .8], the second in (.5, .6].
        let pairs = try FoldedPairs(
            scores: [0.8, 0.9, 0.1, 0.2, 0.6, 0.7, 0.5, 0.3],
            isSame: [true, true, false, false, true, true, false, false], foldCount: 2)
        let accuracy = pairs.accuracy(.amongScores)
        #expect(accuracy.thresholds == [0.6, 0.8])
        #expect(accuracy.folds == [1, 0.5])
        #expect(accuracy.mean.value == 0.75)
        #expect(accuracy.standardDeviation == 0.25)
        #expect(accuracy.mean.name == "accuracy[2 folds, threshold of the other folds]")
        let optimistic = pairs.optimisticAccuracy()
        #expect(optimistic.value == 1)
        #expect(optimistic.name == "accuracy[best threshold on the same pairs, optimistic]")
    }

    @Test func gridOfSquaredDistances() throws {
        // Squared distances .02, .4 and .81, 1.6: the lowest grid value that parts the other fold.
        let pairs = try FoldedPairs(
            scores: [0.99, 0.595, 0.8, 0.2], isSame: [true, false, true, false], foldCount: 2)
        let accuracy = pairs.accuracy(.squaredDistanceGrid)
        #expect(accuracy.thresholds[0].isNear(0.41) || accuracy.thresholds[0].isNear(0.4))
        #expect(accuracy.thresholds[1].isNear(0.03) || accuracy.thresholds[1].isNear(0.02))
        #expect(accuracy.folds[0] == 1)
        #expect(accuracy.folds[1] == 0.5)
    }

    /// The threshold of the other folds, by trying every one.
    @Test(arguments: 0..<5)
    func againstTryingEveryThreshold(_ seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let isSame = (0..<60).map { _ in generator.next(below: 2) == 1 }
        let scores = isSame.map { Double(generator.next(below: 15) + ($0 ? 4 : 0)) }
        let pairs = try FoldedPairs(scores: scores, isSame: isSame, foldCount: 6)
        let accuracy = pairs.accuracy(.amongScores)
        for fold in 0..<6 {
            let held = (fold * 10)..<((fold + 1) * 10)
            let others = (0..<60).filter { !held.contains($0) }
            let candidates = Set(others.map { scores[$0] }).sorted() + [.infinity]
            func right(_ threshold: Double) -> Int { others.count { (scores[$0] >= threshold) == isSame[$0] } }
            let best = candidates.map(right).max()
            #expect(right(accuracy.thresholds[fold]) == best)
            #expect(
                candidates.first { right($0) == best }.map { min($0, 18.nextUp) } ?? .nan >= accuracy.thresholds[fold])
        }
        #expect(pairs.optimisticAccuracy().value >= accuracy.mean.value)
    }

    @Test func unevenFoldsAreRefused() {
        #expect(throws: VerificationError.self) { try FoldedPairs(scores: [1, 2, 3], isSame: [true, false, true]) }
        #expect(throws: VerificationError.self) { try FoldedPairs(scores: [1], isSame: [true, false], foldCount: 2) }
        #expect(throws: VerificationError.self) {
            try FoldedPairs(scores: [1, .nan], isSame: [true, false], foldCount: 2)
        }
    }
}
