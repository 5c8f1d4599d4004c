import Foundation

/// Pictures in the form in which InsightFace distributes face sets: `train.rec` (MXNet's RecordIO),
/// `train.idx` (a key and an offset on each line) and `property` (number of identities, height, width).
///
/// A record begins with flag (4 bytes), label (4, a float), two numbers (8 each) and, where the flag is not
/// 0, as many further floats, of which the first is then the label; an encoded picture follows. Where
/// record 0 has no picture, it is a header whose first float N says that the pictures are records
/// 1 to N − 1 (records from N on list the pictures of each identity, and are not needed); where it has one,
/// all records are pictures.
///
/// An item's label is the identity's number. Its bytes are the encoded picture, as a rule JPEG.
public struct RecordIOSource: ItemSource {
    public let folder: String
    public let items: [Item]
    private let file: RecordIOFile
    private let offsets: [Int: Int]

    /// Opens `train.rec` with what lies beside it.
    ///
    /// - Throws: ``DataError`` that names file and line or record.
    public init(folder: String) throws {
        try self.init(records: joined(folder, "train.rec"))
    }

    /// Opens a `.rec` file with the `.idx` file of the same name, and `property` where there is one.
    ///
    /// The start of every record is read for its label; pictures are read when they are loaded.
    ///
    /// - Throws: ``DataError`` that names file and line or record.
    public init(records path: String) throws {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let folder = String(path.dropLast(name.count))
        let stem = name.hasSuffix(".rec") ? String(name.dropLast(4)) : name
        let file = try RecordIOFile(path: path)
        let index = try RecordIOIndex(path: joined(folder, "\(stem).idx"))
        let identities = try Self.identityCount(joined(folder, "property"))
        items = try index.pictureKeys(in: file).map { key in
            let place = "\(path)#\(key)"
            guard let offset = index.offsets[key] else {
                throw DataError(path: index.path, message: "has no line for the picture \(key) that \(name) announces")
            }
            let label = try RecordIOHeader(of: file, at: offset, place: place).identity(place: place)
            if let identities, label >= identities {
                throw DataError(
                    path: place, message: "has the label \(label), but property announces \(identities) identities")
            }
            return Item(path: "\(name)#\(key)", record: key, label: String(label))
        }
        self.folder = folder
        self.file = file
        offsets = index.offsets
    }

    public func bytes(of item: Item) throws -> [UInt8] {
        guard let record = item.record, let offset = offsets[record], place(of: item) == "\(file.path)#\(record)" else {
            throw DataError(path: place(of: item), message: "there is no such record in this source")
        }
        let content = try file.record(at: offset)
        let start = try RecordIOHeader(content, place: place(of: item)).length
        guard content.count > start else {
            throw DataError(path: place(of: item), message: "holds no picture behind its header")
        }
        return Array(content[start...])
    }

    public func place(of item: Item) -> String {
        joined(folder, item.path)
    }

    private static func identityCount(_ path: String) throws -> Int? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let text = String(decoding: try readFile(path), as: UTF8.self)
        let numbers = text.split(separator: ",").map { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        guard numbers.count == 3, let count = numbers[0], count > 0, !numbers.contains(nil) else {
            throw DataError(
                path: path, line: 1,
                message:
                    "identities, height and width were expected, as in 85742,112,112; it reads '\(text.prefix(40))'")
        }
        return count
    }
}

/// The lines `key offset` of an `.idx` file.
private struct RecordIOIndex {
    let path: String
    let offsets: [Int: Int]

    init(path: String) throws {
        self.path = path
        var offsets: [Int: Int] = [:]
        for (index, line) in try readFile(path).split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let cells = line.split { $0 == 0x09 || $0 == 0x20 || $0 == 0x0D }.map {
                String(decoding: $0, as: UTF8.self)
            }
            if cells.isEmpty { continue }
            guard cells.count == 2, let key = Int(cells[0]), let offset = Int(cells[1]), key >= 0, offset >= 0 else {
                throw DataError(
                    path: path, line: index + 1, message: "a key and an offset were expected, two numbers from 0 on")
            }
            guard offsets.updateValue(offset, forKey: key) == nil else {
                throw DataError(path: path, line: index + 1, message: "the key \(key) occurs twice")
            }
        }
        guard !offsets.isEmpty else { throw DataError(path: path, message: "lists no records") }
        self.offsets = offsets
    }

    /// The keys of records that hold a picture, in order.
    func pictureKeys(in file: RecordIOFile) throws -> [Int] {
        guard let first = offsets[0] else { return offsets.keys.sorted() }
        let place = "\(file.path)#0"
        let header = try RecordIOHeader(of: file, at: first, place: place)
        guard header.recordIsOnlyHeader else { return offsets.keys.sorted() }
        guard let end = header.wholeLabel, end > 1, end - 1 <= offsets.count else {
            throw DataError(
                path: place,
                message: "is a header that announces pictures from 1 to before \(header.label); "
                    + "a whole number above 1 was expected, and the index lists \(offsets.count) records")
        }
        return Array(1..<end)
    }
}

/// What stands before a record's picture.
private struct RecordIOHeader {
    let label: Float
    /// The number of bytes it takes.
    let length: Int
    let recordIsOnlyHeader: Bool

    /// The label as a whole number; nil where it is none.
    var wholeLabel: Int? { Int(exactly: label) }

    /// Flag, label, two numbers.
    private static let fixedLength = 24

    init(of file: RecordIOFile, at offset: Int, place: String) throws {
        // Enough for the two floats that are usual; one more byte tells whether a picture follows.
        let start = try file.start(Self.fixedLength + 9, ofRecordAt: offset)
        let needed = Self.length(flagIn: start)
        try self.init(
            needed < start.count ? start : file.start(needed + 1, ofRecordAt: offset), place: place)
    }

    init(_ content: [UInt8], place: String) throws {
        length = Self.length(flagIn: content)
        guard content.count >= length else {
            throw DataError(
                path: place, message: "has \(content.count) bytes, fewer than the \(length) of its header")
        }
        let position = length > Self.fixedLength ? Self.fixedLength : 4
        label = Float(bitPattern: UInt32(littleEndian(content[position..<position + 4])))
        recordIsOnlyHeader = content.count == length
    }

    /// - Throws: ``DataError`` where the label is no identity's number.
    func identity(place: String) throws -> Int {
        guard let number = wholeLabel, number >= 0 else {
            throw DataError(path: place, message: "has the label \(label); an identity's number, from 0, was expected")
        }
        return number
    }

    private static func length(flagIn content: [UInt8]) -> Int {
        fixedLength + 4 * (content.count < 4 ? 0 : littleEndian(content[..<4]))
    }
}
