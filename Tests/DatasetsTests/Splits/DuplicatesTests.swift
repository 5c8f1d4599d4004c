import Testing

@testable import Datasets

@Suite struct DuplicatesTests {
    private func source(_ folder: TemporaryFolder, _ values: [(String, UInt8)]) throws -> FolderSource {
        for (name, value) in values { try folder.write(name, pixel(value)) }
        return try FolderSource(root: folder.path)
    }

    @Test func equalFilesAreFound() throws {
        let folder = try TemporaryFolder()
        let source = try source(
            folder, [("a/1.pgm", 1), ("a/2.pgm", 2), ("a/3.pgm", 1), ("b/1.pgm", 3), ("b/2.pgm", 2), ("c/1.pgm", 1)])
        let duplicates = try Duplicates(in: source)
        #expect(duplicates.groups == [[0, 2, 5], [1, 4]])
        let error = #expect(throws: DuplicateError.self) { try duplicates.check(in: source) }
        #expect(error?.conflicts.map(\.labels) == [["a", "c"], ["a", "b"]])
        #expect(error?.description.contains("a/1.pgm = ") == true)
        #expect(throws: Never.self) { try duplicates.check(in: source, allowed: true) }
    }

    @Test func equalFilesOnTwoSidesAreFound() throws {
        let folder = try TemporaryFolder()
        let source = try source(
            folder, [("a/1.pgm", 1), ("a/2.pgm", 1), ("a/3.pgm", 2), ("b/1.pgm", 3), ("b/2.pgm", 4)])
        let duplicates = try Duplicates(in: source)
        #expect(throws: Never.self) { try duplicates.check(in: source) }
        var items = source.items
        for (index, set) in ["train", "test", "train", "train", "test"].enumerated() { items[index].split = set }
        let split = try Split(of: items, by: .column, identities: .shared)
        #expect(duplicates.conflicts(in: source, split: split).map(\.sets) == [["train", "test"]])
    }

    @Test func equalHashesAreConfirmed() {
        let contents: [[UInt8]] = [[1], [2], [1], [3], [2], [1]]
        #expect(equalItems(Array(contents.indices)) { contents[$0] } == [[0, 2, 5], [1, 4]])
        #expect(equalItems([0, 1, 3]) { contents[$0] }.isEmpty)
    }

    @Test func hashesTellLengthsAndPlacesApart() {
        let contents =
            (0...20).map { [UInt8](repeating: 0, count: $0) }
            + (0..<20).map { place in (0..<20).map { $0 == place ? 1 : 0 } }
        #expect(Set(contents.map(contentHash)).count == contents.count)
        // (offset basis ^ 0) * prime, folded, as the documentation gives it for no bytes at all.
        let product: UInt64 = 14_695_981_039_346_656_037 &* 1_099_511_628_211
        #expect(contentHash([]) == product ^ product >> 32)
    }
}
