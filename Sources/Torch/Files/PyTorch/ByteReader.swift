/// Reads numbers, little endian, and runs of bytes, and never beyond the end.
struct ByteReader {
    let bytes: UnsafeRawBufferPointer
    private(set) var position: Int
    /// What the bytes are, for messages.
    let part: String
    let file: String

    /// - Precondition: `position` is within the bytes or at their end.
    init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0, part: String, file: String) {
        precondition(0...bytes.count ~= position, "reading begins within the bytes")
        self.bytes = bytes
        self.position = position
        self.part = part
        self.file = file
    }

    mutating func integer<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) throws -> Number {
        Number(littleEndian: try take(MemoryLayout<Number>.size).loadUnaligned(as: type))
    }

    mutating func take(_ count: Int) throws -> UnsafeRawBufferPointer {
        guard 0...(bytes.count - position) ~= count else {
            throw fault(
                "needs \(count) bytes at byte \(position), but ends after \(bytes.count); it is cut off or damaged")
        }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    mutating func text(_ count: Int) throws -> String {
        let start = position
        guard let text = String(validating: try take(count), as: UTF8.self) else {
            throw fault("has text at byte \(start) that is not UTF-8")
        }
        return text
    }

    /// The text up to a line's end, which is taken too.
    mutating func line() throws -> String {
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
            throw fault("has a line at byte \(position) that does not end")
        }
        let line = try text(end - position)
        position += 1
        return line
    }

    func fault(_ reason: String) -> TensorFileError { TensorFileError(file: file, reason: "\(part) \(reason)") }
}
