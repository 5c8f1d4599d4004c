/// The regular files in a tar archive: ustar with its prefix, pax and GNU long names, GNU long sizes.
///
/// Headers and contents are multiples of 512 bytes, which needs no library; the archive must not be
/// compressed, since a compressed stream has no random access.
struct TarFile: Sendable {
    struct Entry: Sendable, Hashable {
        let name: String
        /// Where the content begins.
        let offset: Int
        let size: Int
    }

    static let blockLength = 512

    let path: String
    /// In the order of the archive.
    let entries: [Entry]

    /// Reads all headers.
    ///
    /// - Throws: ``DataError`` that names the byte where the archive is damaged.
    init(path: String) throws {
        let file = try RandomAccessFile(path: path)
        var entries: [Entry] = []
        var position = 0
        var named = TarExtension()
        while position < file.size {
            let block = try file.prefix(Self.blockLength, at: position)
            if position == 0, block.starts(with: [0x1F, 0x8B]) {
                throw DataError(
                    path: path, message: "is compressed; unpack it to a plain .tar, of which any part can be read")
            }
            // The end is two blocks of zeros, of which writers have been seen to leave one out.
            if block.allSatisfy({ $0 == 0 }) { break }
            guard let header = TarHeader(block) else {
                throw DataError(
                    path: path,
                    message: "byte \(position) begins no tar header"
                        + (position == 0 ? ": the file starts with \(describeStart(of: block))" : ""))
            }
            let size = named.size ?? header.size
            let start = position + Self.blockLength
            guard size <= file.size - start else {
                throw DataError(
                    path: path,
                    message: "ends at byte \(file.size), within '\(named.name ?? header.name)', "
                        + "whose \(size) bytes begin at byte \(start)")
            }
            switch header.kind {
            case UInt8(ascii: "x"):
                try named.readPax(file.bytes(size, at: start), at: start, of: path)
            case UInt8(ascii: "L"):
                named.name = String(decoding: try file.bytes(size, at: start).prefix { $0 != 0 }, as: UTF8.self)
            case UInt8(ascii: "g"), UInt8(ascii: "K"):
                break
            case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
                entries.append(Entry(name: named.name ?? header.name, offset: start, size: size))
                named = TarExtension()
            default:
                named = TarExtension()
            }
            position = start + (size + Self.blockLength - 1) / Self.blockLength * Self.blockLength
        }
        self.path = path
        self.entries = entries
    }
}

/// What an entry's own header could not hold and the entry before it says.
private struct TarExtension {
    var name: String?
    var size: Int?

    /// Takes path and size from pax records, `length key=value\n`, whose length counts the whole record.
    mutating func readPax(_ bytes: [UInt8], at offset: Int, of path: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let digits = rest.prefix { $0 != UInt8(ascii: " ") }
            guard let length = Int(String(decoding: digits, as: UTF8.self)), length > digits.count + 1,
                length <= rest.count, rest[rest.startIndex + length - 1] == 0x0A,
                case let record = rest[(digits.endIndex + 1)..<(rest.startIndex + length - 1)],
                let equals = record.firstIndex(of: UInt8(ascii: "="))
            else {
                throw DataError(
                    path: path,
                    message: "the pax header at byte \(offset) is damaged: no record begins at byte "
                        + "\(offset + rest.startIndex)")
            }
            let value = String(decoding: record[(equals + 1)...], as: UTF8.self)
            switch String(decoding: record[..<equals], as: UTF8.self) {
            case "path": name = value
            case "size":
                guard let number = Int(value), number >= 0 else {
                    throw DataError(path: path, message: "the pax header at byte \(offset) gives the size '\(value)'")
                }
                size = number
            default: break
            }
            rest = rest.dropFirst(length)
        }
    }
}

/// The fields of a header block (POSIX 1003.1, ustar) that are needed here.
private struct TarHeader {
    let name: String
    let size: Int
    let kind: UInt8

    /// Nil where the block is cut short or its sum is not the one it states.
    init?(_ block: [UInt8]) {
        guard block.count == TarFile.blockLength, let stated = Self.number(block[148..<156]),
            let size = Self.number(block[124..<136])
        else { return nil }
        // The sum counts its own field as spaces.
        let sum = block.indices.reduce(0) { $0 + ((148..<156).contains($1) ? 32 : Int(block[$1])) }
        guard sum == stated else { return nil }
        let name = Self.text(block[0..<100])
        // GNU's magic "ustar  " uses the prefix's bytes for times.
        let isPOSIX = block[257..<263].elementsEqual("ustar\0".utf8)
        let prefix = isPOSIX ? Self.text(block[345..<500]) : ""
        self.name = prefix.isEmpty ? name : prefix + "/" + name
        self.size = size
        kind = block[156]
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Octal digits between spaces or zeros; or, with the highest bit set, 63 bits, highest first.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        guard let first = field.first else { return nil }
        if first == 0x80 {
            let bytes = field.dropFirst().drop { $0 == 0 }
            return bytes.count < 8 ? bytes.reduce(0) { $0 << 8 | Int($1) } : nil
        }
        let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
        return digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self), radix: 8).flatMap { $0 < 0 ? nil : $0 }
    }
}
