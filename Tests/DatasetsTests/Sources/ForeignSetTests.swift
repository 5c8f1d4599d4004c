import Testing

@testable import Datasets

/// Sets written by the libraries that such sets are written with (scripts/fixtures/foreign_sets.py).
@Suite struct ForeignSetTests {
    private let folder = "\(Fixture.folder)/foreign"

    @Test func readsWhatMXNetWrites() throws {
        let source = try RecordIOSource(folder: "\(folder)/recordio")
        #expect(source.items.map(\.label) == ["0", "0", "1", "2"])
        #expect(source.items.map(\.record) == [1, 2, 3, 4])
        for (item, name) in zip(source.items, ["color.jpg", "grey.jpg", "single.png"]) {
            #expect(try source.bytes(of: item) == Fixture.bytes(name))
        }
        // Its writer divides a record at each magic number on a word boundary, and only there.
        let magic: [UInt8] = [0x0A, 0x23, 0xD7, 0xCE]
        #expect(
            try source.bytes(of: source.items[3])
                == Array("ab12".utf8) + magic + Array("cd".utf8) + magic + Array("!".utf8))
    }

    @Test func readsWhatWebDatasetWrites() throws {
        let source = try ShardSource(path: "\(folder)/webdataset")
        let long = "bob/" + String(repeating: "n", count: 120)
        #expect(
            source.items.map(\.path) == [
                "set-0000.tar#ann/0001.jpg", "set-0000.tar#ann/0002.png", "set-0001.tar#\(long).jpg",
            ])
        #expect(source.items.map(\.label) == ["7", "ann", "12"])
        #expect(source.items[1].split == "train" && source.items[1].columns == ["age": "31"])
        #expect(try source.bytes(of: source.items[0]) == Fixture.bytes("color.jpg"))
        #expect(try source.bytes(of: source.items[2]) == Fixture.bytes("grey.jpg"))
        let drawn = try source.image(of: source.items[1])
        #expect((drawn.width, drawn.height, drawn.channels) == (5, 4, 3))
        for y in 0..<4 {
            for x in 0..<5 {
                for c in 0..<3 { #expect(Int(drawn[x, y, c]) == 40 * x + 9 * y + 3 * c) }
            }
        }
    }
}
