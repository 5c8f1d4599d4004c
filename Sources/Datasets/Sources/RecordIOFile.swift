/// A file of MXNet's RecordIO: for each record the magic number, a word with the part's kind in its upper
/// 3 bits and its length in the lower 29, then the bytes, filled up to a multiple of four.
///
/// Where a record's own bytes hold the magic number on a multiple of four, the record is cut there: its
/// parts are stored as first (1), middle (2) and last (3) instead of whole (0), and the number between two
/// parts is left out.
struct RecordIOFile: Sendable {
    static let magic: [UInt8] = [0x0A, 0x23, 0xD7, 0xCE]

    private let file: RandomAccessFile
    var path: String { file.path }

    init(path: String) throws {
        file = try RandomAccessFile(path: path)
    }

    /// The record that begins at `offset`.
    ///
    /// - Throws: ``DataError`` that names the byte where the file is damaged.
    func record(at offset: Int) throws -> [UInt8] {
        var content: [UInt8] = []
        var position = offset
        while true {
            let part = try self.part(at: position)
            guard (position == offset ? [0, 1] : [2, 3]).contains(part.kind) else {
                throw failure(
                    position,
                    "begins a part of kind \(part.kind), where "
                        + (position == offset ? "a record's first" : "a further part of the one at byte \(offset)")
                        + " was expected")
            }
            if position != offset { content += Self.magic }
            content += try file.bytes(part.length, at: position + 8)
            if part.kind == 0 || part.kind == 3 { return content }
            position += 8 + (part.length + 3) / 4 * 4
        }
    }

    /// At least `count` first bytes of the record, or all of a shorter or divided one: what lies in its
    /// header can be had without reading its picture.
    func start(_ count: Int, ofRecordAt offset: Int) throws -> [UInt8] {
        let part = try part(at: offset)
        return part.kind == 0 ? try file.bytes(min(count, part.length), at: offset + 8) : try record(at: offset)
    }

    private func part(at offset: Int) throws -> (kind: Int, length: Int) {
        let frame = try file.prefix(8, at: offset)
        guard frame.count == 8 else {
            throw failure(offset, "is behind or at the end of the file, which has \(file.size) bytes")
        }
        guard frame.starts(with: Self.magic) else {
            throw failure(offset, "begins no record: the magic number 0xced7230a is not there")
        }
        let word = littleEndian(frame[4...])
        return (word >> 29, word & 0x1FFF_FFFF)
    }

    private func failure(_ offset: Int, _ message: String) -> DataError {
        DataError(path: path, message: "byte \(offset) \(message)")
    }
}

/// A number whose lowest byte comes first.
func littleEndian(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
}
