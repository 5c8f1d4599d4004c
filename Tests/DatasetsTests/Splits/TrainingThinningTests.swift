import Testing

@testable import Datasets

@Suite struct TrainingThinningTests {
    private static let items: [Item] = ["cat", "dog"].flatMap { label in
        (0..<60).map { number in
            Item(
                path: "\(label)/\(number)", label: label,
                split: number < 40 ? "train" : number < 50 ? "development" : "test")
        }
    }

    private func split(_ shares: [String: Double], seed: UInt64 = 1, _ items: [Item] = items) throws -> Split {
        try Split(
            of: items, by: .column, identities: .shared, thinning: TrainingThinning(shares, seed: seed))
    }

    @Test func aShareOfTheTrainingSamplesStays() throws {
        let whole = try split([:])
        let thin = try split(["cat": 0.1])
        let kept = try #require(thin["train"])
        #expect(kept.count { Self.items[$0].label == "cat" } == 4 && kept.count == 44)
        #expect(Set(kept).isSubset(of: whole["train"] ?? []))
        #expect(thin["development"] == whole["development"] && thin["test"] == whole["test"])
        #expect(thin.unassigned.count == 36)
        #expect(try split(["cat": 0.1]) == thin)
        #expect(try split(["cat": 0.1], seed: 2) != thin)
        #expect(try split(["cat": 1]) == whole)
        // However small the share, something stays.
        #expect(try split(["cat": 0.001])["train"]?.count == 41)
    }

    @Test func groupsStayWhole() throws {
        let items = Self.items.map { item in
            var item = item
            if item.split == "train", let number = item.path.split(separator: "/").last.flatMap({ Int($0) }) {
                item.group = "\(item.label)/\(number / 8)"
            }
            return item
        }
        let kept = try #require(try split(["dog": 0.5], items)["train"]).filter { items[$0].label == "dog" }
        // 20 are wanted of five groups of eight: 16 or 24, both as near.
        #expect([16, 24].contains(kept.count))
        let groups = Dictionary(grouping: kept) { items[$0].group ?? "" }
        #expect(groups.values.allSatisfy { $0.count == 8 })
    }

    @Test func unknownClassesAreNamedWithTheNearest() {
        #expect {
            try split(["cats": 0.1])
        } throws: { error in
            "\(error)" == "data.keep names identities that the data do not have: 'cats' (nearest: 'cat')"
        }
    }
}
