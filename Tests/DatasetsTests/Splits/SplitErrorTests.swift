import Testing

@testable import Datasets

@Suite struct SplitErrorTests {
    private let items = SplitTests.items(5, 2)

    private func failure(
        _ rule: SplitRule, _ items: [Item], identities: IdentitySharing = .disjoint,
        for purpose: SplitPurpose = .classification
    ) -> SplitError? {
        do {
            _ = try Split(of: items, by: rule, identities: identities, for: purpose)
            return nil
        } catch {
            return error as? SplitError
        }
    }

    private func lists(_ sets: (String, [String])...) -> SplitRule {
        .lists(sets.map { SplitRule.List(name: $0.0, identities: $0.1) })
    }

    @Test func nothingToSplit() {
        #expect(failure(.column, []) == .noItems)
        #expect(failure(.column, SplitTests.items(1, 5)) == .oneIdentity("p1"))
    }

    @Test func unknownIdentitiesNameTheNearest() {
        let error = failure(lists(("train", ["p1", "P22"]), ("test", ["zebra"])), items)
        #expect(
            error
                == .unknownIdentities(
                    [.init(name: "P22", nearest: "p2"), .init(name: "zebra", nearest: nil)], place: "the split"))
        #expect(error?.description.contains("'P22' (nearest: 'p2'), 'zebra'") == true)
    }

    @Test func listsOverlap() {
        #expect(
            failure(lists(("train", ["p1"]), ("test", ["p1", "p2"])), items)
                == .listedTwice("p1", sets: ["train", "test"]))
    }

    @Test func fractionsMustMakeSense() {
        for shares in [[0.7, 0.4], [0.5, 0], [0.5, -0.1], [.nan, 0.2]] {
            let fractions = zip(["train", "test"], shares).map { SplitRule.Fraction(name: $0, share: $1) }
            guard case .invalidFractions = failure(.fractions(fractions, seed: 1), items) else {
                Issue.record("\(shares) were accepted")
                continue
            }
        }
        #expect(failure(.fractions(SplitTests.fractions(0.7, 0.2, 0.1), seed: 1), SplitTests.items(10, 1)) == nil)
    }

    @Test func emptySets() {
        let rule = SplitRule.fractions(SplitTests.fractions(0.9, 0.02, 0.08), seed: 1)
        guard case .emptySet("development", _) = failure(rule, items) else {
            Issue.record("an empty set was accepted")
            return
        }
        // All people share one drawer: they cannot be told apart.
        let linked = SplitTests.items(5, 2) { _, _ in "drawer" }
        let error = failure(.fractions(SplitTests.fractions(0.6, 0.4), seed: 1), linked)
        #expect(error?.description.contains("1 when those that share a group stay together") == true)
    }

    @Test func identitiesAndGroupsOnTwoSides() {
        var items = items
        for index in items.indices { items[index].split = index == 3 ? "test" : index < 5 ? "train" : "test" }
        #expect(failure(.column, items) == .identitiesOnTwoSides(["p2", "p3"]))
        #expect(
            failure(.column, items, identities: .shared)
                == .unseenLabels(["p4", "p5"], set: "test", first: "train"))
        items[0].group = "g"
        items[9].group = "g"
        #expect(failure(.column, items, identities: .shared) == .groupsOnTwoSides(["g"]))
    }

    @Test func verificationNeedsPairs() {
        let single = SplitTests.items(6, 1)
        let rule = SplitRule.fractions(SplitTests.fractions(0.5, 0.5), seed: 1)
        #expect(failure(rule, single) == nil)
        guard case .noPairs("development", let detail) = failure(rule, single, for: .verification) else {
            Issue.record("identities of one picture were accepted")
            return
        }
        #expect(detail.contains("3 identities have one picture each"))
        let alone = failure(lists(("train", ["p1", "p2"]), ("test", ["p3"])), items, for: .verification)
        #expect(alone?.description.contains("one identity alone, 'p3'") == true)
    }
}
