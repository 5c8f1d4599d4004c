import Testing

@testable import Verification

@Suite struct ScoredTrialsTests {
    @Test func partsTrialsByIdentity() throws {
        let trials = try ScoredTrials(TrialList(allPairsOf: ["ann", "bob", "ann"])) { pair in
            Double(10 * pair.left + pair.right)
        }
        let expected = ErrorRateCurve(try Scores(genuine: [2], impostor: [1, 12]))
        #expect(trials.curve.points() == expected.points())
        #expect(trials.identityCount == 2)
    }

    @Test func anItemAgainstItselfNeverCounts() throws {
        let pairs = [ItemPair(left: 0, right: 0), ItemPair(left: 0, right: 1), ItemPair(left: 0, right: 2)]
        let list = try TrialList(pairs: pairs, identities: ["a", "a", "b"])
        #expect(list.selfComparisonCount == 1)
        let trials = try ScoredTrials(list, scores: [.infinity, 3, 2])
        #expect(trials.curve.genuineWeight == 1)
        #expect(trials.curve.impostorWeight == 1)
    }

    @Test func identitiesWithoutATrialAreNotCounted() throws {
        let pairs = [ItemPair(left: 3, right: 4), ItemPair(left: 3, right: 1), ItemPair(left: 0, right: 0)]
        let list = try TrialList(pairs: pairs, identities: ["a", "b", "c", "d", "d"])
        #expect(try ScoredTrials(list, scores: [1, 2, 3]).identityCount == 2)
    }

    @Test func whatCannotBeMeasuredIsRefused() throws {
        let list = TrialList(allPairsOf: ["a", "a", "b"])
        #expect(throws: VerificationError.countMismatch(what: "scores", count: 2, expected: 3)) {
            try ScoredTrials(list, scores: [1, 2])
        }
        #expect(throws: VerificationError.nonFiniteScore(set: "list", trial: 1, value: "nan")) {
            try ScoredTrials(list, scores: [1, .nan, 2])
        }
        #expect(throws: VerificationError.noGenuineTrials) {
            try ScoredTrials(TrialList(allPairsOf: ["a", "b"]), scores: [1])
        }
        #expect(throws: VerificationError.noImpostorTrials) {
            try ScoredTrials(TrialList(allPairsOf: ["a", "a"]), scores: [1])
        }
    }
}
