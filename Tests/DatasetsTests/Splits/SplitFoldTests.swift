import Testing

@testable import Datasets

@Suite struct SplitFoldTests {
    /// Two classes of tracks with three frames each, a test picture of both, and one of neither set.
    private static let items: [Item] =
        [("stop", 7), ("yield", 10)].flatMap { label, tracks in
            (0..<tracks).flatMap { track in
                (0..<3).map { frame in
                    Item(
                        path: "\(label)/\(track)_\(frame)", label: label, group: "\(label)/\(track)",
                        split: track == 0 ? "development" : "train")
                }
            }
        } + [
            Item(path: "t/0", label: "stop", split: "test"), Item(path: "t/1", label: "yield", split: "test"),
            Item(path: "u/0", label: "stop"),
        ]

    private func split(_ number: Int, of count: Int = 5, seed: UInt64 = 1, _ items: [Item] = items) throws -> Split {
        try Split(of: items, by: .column, identities: .shared, fold: SplitFold(number, of: count, seed: seed))
    }

    @Test func everyTrackIsHeldOutOnce() throws {
        let folds = try (1...5).map { try split($0) }
        var held: [Int] = []
        for fold in folds {
            #expect(fold.parts.map(\.name) == ["train", "development", "test"])
            let development = try #require(fold["development"])
            held += development
            #expect(Set(development).isDisjoint(with: fold["train"] ?? []))
            #expect(development.count + (fold["train"]?.count ?? 0) == 51 && fold["test"] == [51, 52])
            // 17 tracks: three or four in a fold; of each class its share, rounded up or down.
            let tracks = Dictionary(grouping: development) { Self.items[$0].label }.mapValues { $0.count / 3 }
            #expect((1...2).contains(tracks["stop"] ?? 0) && tracks["yield"] == 2)
            #expect(fold.unassigned == [53])
        }
        #expect(held.sorted() == Array(0..<51))
        #expect(try split(2) == folds[1])
        #expect(try split(2, seed: 2) != folds[1])
    }

    @Test func samplesWithoutGroupsAreDealtSingly() throws {
        let items = Self.items.map { item in
            var item = item
            item.group = nil
            return item
        }
        let counts = try (1...5).map { try split($0, items)["development"]?.count }
        #expect(counts.compactMap { $0 }.sorted() == [10, 10, 10, 10, 11])
    }

    @Test func aClassOfOneGroupIsRefused() {
        let items = Self.items.filter { $0.label == "yield" || $0.group == "stop/3" || $0.split == "test" }
        #expect(throws: SplitError.tooFewForFolds("stop", groups: 1)) { try split(1, items) }
    }
}
