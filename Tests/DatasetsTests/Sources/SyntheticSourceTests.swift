import Testing

@testable import Datasets

@Suite struct SyntheticSourceTests {
    private let source = SyntheticSource(.init(identities: 11, pictures: 3, heldOut: 2, size: 9))

    @Test func setsHoldWhatWasAskedFor() throws {
        let split = try Split(of: source.items, by: .column, for: .verification)
        #expect(split.parts.map(\.name) == ["train", "development", "test"])
        #expect(split.parts.map(\.indices.count) == [33, 6, 6])
        #expect(Set(source.items.map(\.path)).count == source.items.count)
        // One picture of each in training still leaves pairs elsewhere.
        let single = SyntheticSource(.init(identities: 4, heldOut: 2))
        #expect(single.items.map(\.label).suffix(8) == ["4", "4", "5", "5", "6", "6", "7", "7"])
        #expect(SyntheticSource(.init(identities: 4, heldOut: 0)).items.count == 4)
    }

    @Test func picturesAreTheirNumbersOwnAndLookAlikeWithinAnIdentity() throws {
        let pictures = try source.items.map { try source.image(of: $0) }
        #expect(pictures.allSatisfy { $0.width == 9 && $0.height == 9 && $0.channels == 3 })
        #expect(Set(pictures.map(\.pixels)).count == pictures.count)
        #expect(try source.items.map { try source.image(of: $0) } == pictures)
        func distance(_ first: Int, _ second: Int) -> Double {
            let squares = zip(pictures[first].pixels, pictures[second].pixels).map { pair in
                let difference = Double(pair.0) - Double(pair.1)
                return difference * difference
            }
            return squares.reduce(0, +)
        }
        for identity in 0..<10 {
            #expect(distance(3 * identity, 3 * identity + 1) < distance(3 * identity, 3 * identity + 3) / 4)
        }
    }

    @Test func noOtherItemHasBytes() {
        #expect(throws: DataError.self) { try source.bytes(of: Item(path: "a", label: "a")) }
    }
}
