import Testing

@testable import Datasets

@Suite struct SplitTests {
    /// So many pictures of each of so many people: p1/1 to p<people>/<pictures>.
    static func items(_ people: Int, _ pictures: Int, group: (Int, Int) -> String? = { _, _ in nil }) -> [Item] {
        (1...people).flatMap { person in
            (1...pictures).map { picture in
                Item(path: "p\(person)/\(picture)", label: "p\(person)", group: group(person, picture))
            }
        }
    }

    static func fractions(_ shares: Double...) -> [SplitRule.Fraction] {
        zip(["train", "development", "test"], shares).map { SplitRule.Fraction(name: $0, share: $1) }
    }

    private func labels(_ split: Split, _ name: String, _ items: [Item]) -> Set<String> {
        Set((split[name] ?? []).map { items[$0].label })
    }

    @Test func listsWithRest() throws {
        let items = Self.items(5, 2)
        let lists = [SplitRule.List(name: "test", identities: ["p2", "p4"])]
        let split = try Split(of: items, by: .lists(lists, rest: "train"))
        #expect(split["test"] == [2, 3, 6, 7])
        #expect(split["train"] == [0, 1, 4, 5, 8, 9])
        #expect(try Split(of: items, by: .lists(lists)).unassigned == [0, 1, 4, 5, 8, 9])
    }

    @Test func fractionsOfIdentities() throws {
        let items = Self.items(20, 3)
        let rule = SplitRule.fractions(Self.fractions(0.7, 0.1, 0.2), seed: 3)
        let split = try Split(of: items, by: rule, for: .verification)
        #expect(split.parts.map { labels(split, $0.name, items).count } == [14, 2, 4])
        #expect(split.parts.reduce(0) { $0 + $1.indices.count } == 60)
        #expect(try Split(of: items, by: rule) == split)
        // The order in which items are listed does not matter.
        let reversed = Array(items.reversed())
        #expect(labels(try Split(of: reversed, by: rule), "test", reversed) == labels(split, "test", items))
        let other = try Split(of: items, by: .fractions(Self.fractions(0.7, 0.1, 0.2), seed: 4))
        #expect(other != split)
    }

    @Test func fractionsLeaveTheRestOut() throws {
        let items = Self.items(10, 1)
        let split = try Split(of: items, by: .fractions(Self.fractions(0.3, 0.2), seed: 1))
        #expect(split.parts.map(\.indices.count) == [3, 2])
        #expect(split.unassigned.count == 5)
    }

    @Test func everyIdentityIsLikelyToBeTested() throws {
        let items = Self.items(10, 1)
        var counts: [String: Int] = [:]
        for seed in 0..<1000 {
            let split = try Split(of: items, by: .fractions(Self.fractions(0.5, 0.2, 0.3), seed: UInt64(seed)))
            for label in labels(split, "test", items) { counts[label, default: 0] += 1 }
        }
        // 300 expected, standard deviation 14.5.
        #expect(counts.count == 10 && counts.values.allSatisfy { (230...370).contains($0) })
    }

    @Test func linkedIdentitiesStayTogether() throws {
        // Pairs of people share a session.
        let items = Self.items(12, 2) { person, picture in picture == 1 ? "session\((person + 1) / 2)" : nil }
        let split = try Split(of: items, by: .fractions(Self.fractions(0.5, 0.5), seed: 9))
        let people = split.parts.map { Set($0.indices.map { items[$0].label }) }
        #expect(people.map(\.count) == [6, 6])
        for pair in stride(from: 1, through: 11, by: 2) {
            #expect(people.contains { $0.isSuperset(of: ["p\(pair)", "p\(pair + 1)"]) })
        }
    }

    @Test func sharedIdentitiesSplitPictures() throws {
        let items = Self.items(10, 10)
        let split = try Split(
            of: items, by: .fractions(Self.fractions(0.6, 0.2, 0.2), seed: 5), identities: .shared)
        #expect(split.parts.map(\.indices.count) == [60, 20, 20])
        #expect(labels(split, "train", items).count == 10)
        #expect(Set(split.parts.flatMap(\.indices)).count == 100)
    }

    @Test func sharedIdentitiesKeepGroupsTogether() throws {
        let items = Self.items(4, 12) { person, picture in "track\(person)-\(picture / 4)" }
        let split = try Split(of: items, by: .fractions(Self.fractions(0.5, 0.5), seed: 2), identities: .shared)
        let groups = split.parts.map { Set($0.indices.map { items[$0].group }) }
        #expect(groups[0].isDisjoint(with: groups[1]))
        #expect(labels(split, "train", items).count == 4)
    }

    @Test func aPersonWithOnePictureTrains() throws {
        let items = Self.items(30, 1) + Self.items(2, 10)
        let split = try Split(of: items, by: .fractions(Self.fractions(0.5, 0.5), seed: 2), identities: .shared)
        #expect(labels(split, "train", items).count == 30)
    }

    @Test func columnsNameTheSets() throws {
        var items = Self.items(4, 1)
        for (index, set) in ["test", "train", "enrolment", nil].enumerated() { items[index].split = set }
        let split = try Split(of: items, by: .column)
        #expect(split.parts.map(\.name) == ["train", "test", "enrolment"])
        #expect(split.parts.map(\.indices) == [[1], [0], [2]])
        #expect(split.unassigned == [3])
        #expect(throws: SplitError.noColumn) { try Split(of: Self.items(4, 1), by: .column) }
    }
}
