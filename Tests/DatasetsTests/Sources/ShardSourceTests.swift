import Foundation
import Testing

@testable import Datasets

@Suite struct ShardSourceTests {
    private func octal(_ value: Int, _ width: Int) -> [UInt8] {
        let digits = String(value, radix: 8)
        return Array((String(repeating: "0", count: width - 1 - digits.count) + digits).utf8) + [0]
    }

    /// A header block and the content, filled up to 512 bytes.
    private func entry(
        _ name: String, _ content: [UInt8], kind: String = "0", prefix: String = "", size: [UInt8]? = nil
    ) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ bytes: [UInt8], _ position: Int) {
            for (index, byte) in bytes.enumerated() { block[position + index] = byte }
        }
        put(Array(name.utf8), 0)
        put(size ?? octal(content.count, 12), 124)
        put([UInt8](repeating: 32, count: 8), 148)
        put(Array(kind.utf8), 156)
        put(Array("ustar\u{0}00".utf8), 257)
        put(Array(prefix.utf8), 345)
        put(octal(block.reduce(0) { $0 + Int($1) }, 7), 148)
        return block + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    private let end = [UInt8](repeating: 0, count: 1024)

    private func text(_ name: String, _ text: String) -> [UInt8] { entry(name, Array(text.utf8)) }

    @Test func readsSamplesOfSeveralShards() throws {
        let folder = try TemporaryFolder()
        try folder.write("s-10.tar", text("a/7.cls", "dog\n") + entry("a/7.pgm", pixel(3)) + end)
        let json = #"{"label": 5, "split": "test", "group": "g", "age": 1.5, "tags": ["x"], "note": null}"#
        try folder.write(
            "s-2.tar",
            text("__info__.json", "{}") + entry("./0.PGM", pixel(1)) + text("./0.cls", "cat")
                + entry("dir", [], kind: "5")
                + entry("1.pgm", pixel(2)) + text("1.json", json) + text("1.seg.png", "x") + end)
        try folder.write("readme.txt", "")
        let source = try ShardSource(path: folder.path)
        #expect(source.items.map(\.path) == ["s-2.tar#0.pgm", "s-2.tar#1.pgm", "s-10.tar#a/7.pgm"])
        #expect(source.items.map(\.label) == ["cat", "5", "dog"])
        #expect(source.items.map(\.record) == [0, 1, 0])
        let described = source.items[1]
        #expect(described.split == "test" && described.group == "g" && described.columns == ["age": "1.5"])
        #expect(try source.items.reversed().map { try source.image(of: $0).pixels } == [[3], [2], [1]])
        #expect(try ShardSource(path: "\(folder.path)/s-10.tar").items.map(\.label) == ["dog"])
        #expect(throws: DataError.self) { try source.bytes(of: Item(path: "s-2.tar#9.pgm", record: 9, label: "")) }
    }

    @Test func longNamesAndSizesAreRead() throws {
        let folder = try TemporaryFolder()
        let long = String(repeating: "n", count: 150)
        let record = "path=\(long)/p.pgm\n"
        let pax = "\(record.utf8.count + 4) \(record)"
        let file = try folder.write(
            "a.tar",
            entry("@", Array((long + "/g.pgm\0").utf8), kind: "L") + entry("short", pixel(1))
                + entry("@", Array((long + "/g.cls\0").utf8), kind: "L") + text("short", "a")
                + entry("x", Array(pax.utf8), kind: "x") + entry("short", pixel(2))
                + entry("u.pgm", pixel(3), prefix: "deep")
                + entry("b.pgm", pixel(4), size: [0x80] + [UInt8](repeating: 0, count: 10) + [UInt8(pixel(4).count)])
                + entry("x", Array("10 size=2\n".utf8), kind: "x") + entry("c.cls", [65, 66], size: octal(0, 12)))
        let tar = try TarFile(path: file)
        #expect(
            tar.entries.map(\.name) == [
                "\(long)/g.pgm", "\(long)/g.cls", "\(long)/p.pgm", "deep/u.pgm", "b.pgm", "c.cls",
            ])
        #expect(tar.entries.map(\.size) == [pixel(1).count, 1, pixel(2).count, pixel(3).count, pixel(4).count, 2])
    }

    @Test func mistakesAreNamed() throws {
        let folder = try TemporaryFolder()
        func failure(_ content: [UInt8]) throws -> String {
            let file = try folder.write("s.tar", content)
            return message { try ShardSource(path: file) } ?? "none"
        }
        let picture = entry("0.pgm", pixel(1))
        #expect(try failure(end).contains("s.tar: holds no samples"))
        #expect(try failure([0x1F, 0x8B, 8, 0]).contains("is compressed"))
        #expect(try failure(Array("no archive".utf8)).contains("byte 0 begins no tar header: the file starts with"))
        #expect(try failure(picture + [UInt8](repeating: 1, count: 512)).contains("byte 1024 begins no tar header"))
        #expect(try failure(Array(picture[..<515])).contains("ends at byte 515, within '0.pgm'"))
        #expect(try failure(picture + end).contains("s.tar#0: has no label"))
        #expect(try failure(picture + text("0.cls", " \n")).contains("s.tar#0: has no label"))
        #expect(
            try failure(text("0.cls", "a")).contains(
                "s.tar#0: one picture was expected; the sample's files end in '.cls'"))
        #expect(try failure(picture + picture).contains("holds '0.pgm' twice"))
        #expect(try failure(picture + entry("0.png", [])).contains("one picture was expected"))
        #expect(try failure(picture + text("0.json", "[1]")).contains("s.tar#0.json: is not a JSON object"))
        #expect(
            try failure(entry("x", Array("99 path=a\n".utf8), kind: "x")).contains(
                "the pax header at byte 512 is damaged"))
        let huge = [0x80] + [UInt8](repeating: 0, count: 4) + [UInt8](repeating: 0xFF, count: 7)
        #expect(try failure(entry("0.pgm", [], size: huge)).contains("ends at byte"))
        #expect(
            message { try ShardSource(path: "\(folder.path)/no.tar") }?.contains("no.tar: cannot be opened") == true)
    }
}
