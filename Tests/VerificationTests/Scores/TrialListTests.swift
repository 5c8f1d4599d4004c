import Testing

@testable import Verification

@Suite struct TrialListTests {
    @Test func allPairsComeInOrder() {
        let list = TrialList(allPairsOf: ["ann", "bob", "ann", "cid"])
        let pairs = (0..<list.count).map { [list[$0].left, list[$0].right] }
        #expect(pairs == [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]])
        #expect((0..<6).filter(list.isGenuine) == [1])
        #expect(list.selfComparisonCount == 0)
        #expect(TrialList(allPairsOf: [String]()).count == 0)
        #expect(TrialList(allPairsOf: ["ann"]).count == 0)
    }

    @Test func listsAreEqualIfTheyCompareTheSame() throws {
        let pairs = [ItemPair(left: 0, right: 1), ItemPair(left: 0, right: 2), ItemPair(left: 1, right: 2)]
        #expect(try TrialList(pairs: pairs, identities: ["a", "b", "a"]) == TrialList(allPairsOf: [7, 8, 7]))
        #expect(try TrialList(pairs: pairs, identities: ["a", "b", "b"]) != TrialList(allPairsOf: [7, 8, 7]))
    }

    @Test func unknownItemsAreNamed() {
        let pairs = [ItemPair(left: 0, right: 1), ItemPair(left: 2, right: 1)]
        #expect(throws: VerificationError.itemOutOfRange(trial: 1, item: 2, itemCount: 2)) {
            try TrialList(pairs: pairs, identities: ["a", "b"])
        }
        #expect(throws: VerificationError.itemOutOfRange(trial: 0, item: -1, itemCount: 2)) {
            try TrialList(pairs: [ItemPair(left: 0, right: -1)], identities: ["a", "b"])
        }
    }
}
