import Foundation
import Testing

@testable import Datasets

@Suite struct RecordIOSourceTests {
    private func word(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private func part(_ content: [UInt8], kind: UInt32 = 0) -> [UInt8] {
        [0x0A, 0x23, 0xD7, 0xCE] + word(kind << 29 | UInt32(content.count)) + content
            + [UInt8](repeating: 0, count: (4 - content.count % 4) % 4)
    }

    /// Flag, label, two numbers of 8 bytes, further labels, content.
    private func content(_ labels: [Float], flag: Int, _ picture: [UInt8]) -> [UInt8] {
        word(UInt32(flag)) + word((flag == 0 ? labels[0] : 0).bitPattern) + [UInt8](repeating: 0xEE, count: 16)
            + (flag == 0 ? [] : labels.flatMap { word($0.bitPattern) }) + picture
    }

    /// Writes records one behind the other and an index with keys from `first` on.
    private func write(_ records: [[UInt8]], first: Int = 0, to folder: TemporaryFolder) throws {
        var lines = ""
        var offset = 0
        for (index, record) in records.enumerated() {
            lines += "\(first + index)\t\(offset)\n"
            offset += record.count
        }
        try folder.write("train.rec", records.flatMap { $0 })
        try folder.write("train.idx", lines)
    }

    /// A header, three pictures, two records of identities.
    private var records: [[UInt8]] {
        [
            part(content([4, 6], flag: 2, [])), part(content([0], flag: 0, pixel(10))),
            part(content([0, 7], flag: 2, pixel(11))), part(content([1], flag: 0, pixel(12) + [1, 2, 3])),
            part(content([1, 3], flag: 2, [])), part(content([3, 4], flag: 2, [])),
        ]
    }

    @Test func readsThePicturesThatTheHeaderAnnounces() throws {
        let folder = try TemporaryFolder()
        try write(records, to: folder)
        try folder.write("property", "2,112,112\n")
        let source = try RecordIOSource(folder: folder.path)
        #expect(source.items.map(\.label) == ["0", "0", "1"])
        #expect(source.items.map(\.path) == ["train.rec#1", "train.rec#2", "train.rec#3"])
        #expect(try source.items.map { try source.image(of: $0).pixels[0] } == [10, 11, 12])
        #expect(try source.bytes(of: source.items[2]) == pixel(12) + [1, 2, 3])
        #expect(source.place(of: source.items[0]) == "\(folder.path)/train.rec#1")
        for path in ["train.rec#9", "other.rec#9"] {
            #expect(throws: DataError.self) { try source.bytes(of: Item(path: path, record: 9, label: "")) }
        }
        #expect(throws: DataError.self) { try source.bytes(of: Item(path: "other.rec#1", record: 1, label: "")) }
    }

    @Test func withoutAHeaderAllRecordsArePictures() throws {
        let folder = try TemporaryFolder()
        let pictures = (0..<3).map { part(content([Float($0)], flag: 0, pixel(UInt8($0)))) }
        try write(pictures, to: folder)
        #expect(try RecordIOSource(records: "\(folder.path)/train.rec").items.map(\.label) == ["0", "1", "2"])
        try write(pictures, first: 5, to: folder)
        let source = try RecordIOSource(folder: folder.path)
        #expect(source.items.map(\.record) == [5, 6, 7])
        #expect(try source.image(of: source.items[2]).pixels == [2])
    }

    @Test func dividedRecordsAreJoinedByTheMagicNumber() throws {
        let folder = try TemporaryFolder()
        let magic: [UInt8] = [0x0A, 0x23, 0xD7, 0xCE]
        let whole = content([3], flag: 0, [1, 2, 3, 4] + magic + magic + [5])
        let divided = part(Array(whole[..<28]), kind: 1) + part([], kind: 2) + part([5], kind: 3)
        try write([divided, part(content([4], flag: 0, pixel(1)))], to: folder)
        let source = try RecordIOSource(folder: folder.path)
        #expect(source.items.map(\.label) == ["3", "4"])
        #expect(try source.bytes(of: source.items[0]) == [1, 2, 3, 4] + magic + magic + [5])
    }

    @Test func labelsLongerThanUsualAreRead() throws {
        let folder = try TemporaryFolder()
        let labels = [8] + [Float](repeating: 0.5, count: 11)
        try write([part(content(labels, flag: 12, pixel(1)))], to: folder)
        let source = try RecordIOSource(folder: folder.path)
        #expect(source.items.map(\.label) == ["8"])
        #expect(try source.bytes(of: source.items[0]) == pixel(1))
    }

    @Test func damagedRecordsAreNamed() throws {
        let folder = try TemporaryFolder()
        func failure(_ records: [[UInt8]]) throws -> String {
            try write(records, to: folder)
            return message {
                let source = try RecordIOSource(folder: folder.path)
                return try source.items.map { try source.bytes(of: $0) }
            } ?? "none"
        }
        let picture = part(content([1], flag: 0, pixel(1)))
        #expect(
            try failure([picture, [1, 2, 3, 4, 5, 6, 7, 8]]).contains(
                "train.rec: byte \(picture.count) begins no record"))
        #expect(try failure([picture, []]).contains("is behind or at the end of the file"))
        #expect(try failure([part([1, 2], kind: 2)]).contains("byte 0 begins a part of kind 2"))
        #expect(try failure([part([1, 2, 3, 4], kind: 1), picture]).contains("byte 12 begins a part of kind 0"))
        #expect(try failure([part([0, 0, 0, 0])]).contains("train.rec#0: has 4 bytes, fewer than the 24"))
        #expect(try failure([part(word(.max) + [UInt8](repeating: 0, count: 40))]).contains("has 44 bytes, fewer than"))
        #expect(try failure([part(content([0.5], flag: 0, pixel(1)))]).contains("has the label 0.5"))
        #expect(try failure([part(content([.nan], flag: 0, pixel(1)))]).contains("has the label nan"))
        #expect(try failure([part(content([9, 9], flag: 2, []))]).contains("announces pictures from 1 to before 9.0"))
        #expect(try failure([picture, part(content([1], flag: 0, []))]).contains("#1: holds no picture"))
        let all = records.flatMap { $0 }
        try write(records, to: folder)
        // The records of the two identities, which are not read, are the last 80 bytes; one byte of filling precedes them.
        for length in stride(from: 0, to: all.count - 81, by: 7) {
            try folder.write("train.rec", Array(all[..<length]))
            let text = message {
                let source = try RecordIOSource(folder: folder.path)
                return try source.items.map { try source.bytes(of: $0) }
            }
            #expect(text?.contains("train.rec") == true, "cut to \(length) bytes")
        }
    }

    @Test func mistakesInTheOtherFilesAreNamed() throws {
        let folder = try TemporaryFolder()
        func failure(_ index: String) throws -> String {
            try folder.write("train.idx", index)
            return message { try RecordIOSource(folder: folder.path) } ?? "none"
        }
        #expect(try failure("0 0").contains("train.rec: cannot be opened"))
        try write(records, to: folder)
        #expect(try failure("0\t0\n1\n").contains("train.idx:2: a key and an offset"))
        #expect(try failure("0\t0\n0\t8\n").contains("train.idx:2: the key 0 occurs twice"))
        #expect(try failure("0\t0\n2\t40\n7\t40\n9\t40\n").contains("has no line for the picture 1 that train.rec"))
        #expect(try failure("\n").contains("lists no records"))
        try write(records, to: folder)
        try folder.write("property", "1,112,112")
        #expect(message { try RecordIOSource(folder: folder.path) }?.contains("train.rec#3: has the label 1") == true)
        try folder.write("property", "two")
        #expect(message { try RecordIOSource(folder: folder.path) }?.contains("property:1: identities, height") == true)
    }
}
