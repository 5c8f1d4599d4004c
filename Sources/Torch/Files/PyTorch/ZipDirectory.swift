/// Where the members of a zip archive are, for archives whose members are stored as they are, which is
/// how PyTorch writes them.
///
/// Described by PKWARE's APPNOTE.TXT, sections 4.3 and 4.5.3. Read strictly: everything must fit the file,
/// no two members share a byte, and no name occurs twice. Checksums are not compared, since that would
/// read every element of every tensor.
struct ZipDirectory {
    /// The bytes of each member within the file.
    let members: [String: Range<Int>]

    init(_ bytes: UnsafeRawBufferPointer, file: String) throws {
        let directory = try Self.directory(bytes, file)
        var reader = ByteReader(
            UnsafeRawBufferPointer(rebasing: bytes[..<directory.bytes.upperBound]), at: directory.bytes.lowerBound,
            part: "its zip directory", file: file)
        var members: [String: Range<Int>] = [:]
        var places: [(name: String, bytes: Range<Int>)] = []
        for _ in 0..<directory.count {
            let entry = try Entry(&reader)
            let start = try entry.start(bytes, before: directory.bytes.lowerBound, file)
            guard members.updateValue(start..<start + entry.size, forKey: entry.name) == nil else {
                throw reader.fault("names “\(entry.name)” twice")
            }
            places.append((entry.name, entry.header..<start + entry.size))
        }
        guard reader.position == directory.bytes.upperBound else {
            throw reader.fault("goes on after the \(directory.count) members it states")
        }
        places.sort { $0.bytes.lowerBound < $1.bytes.lowerBound }
        for (one, next) in zip(places, places.dropFirst()) where next.bytes.lowerBound < one.bytes.upperBound {
            throw reader.fault("gives the same bytes to “\(one.name)” and “\(next.name)”")
        }
        self.members = members
    }
}

extension ZipDirectory {
    private static let endCount = 22
    private static let locatorCount = 20
    /// Without its signature and the field that gives its size.
    private static let longEndCount: UInt64 = 44

    /// The place of the list of members, from the record that ends the file, and from the record of
    /// 64-bit numbers before it, where there is one.
    private static func directory(
        _ bytes: UnsafeRawBufferPointer, _ file: String
    ) throws -> (bytes: Range<Int>, count: Int) {
        guard bytes.count >= endCount, bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) else {
            throw TensorFileError(
                file: file,
                reason: "is not a zip archive, which torch.save writes since PyTorch 1.6; "
                    + "load older files in Python and save them again")
        }
        var end = ByteReader(bytes, at: bytes.count - endCount, part: "its zip directory", file: file)
        guard try end.integer(UInt32.self) == 0x0605_4B50 else {
            throw TensorFileError(file: file, reason: "does not end as a zip archive does; it is cut off or damaged")
        }
        let (disk, firstDisk) = (try end.integer(UInt16.self), try end.integer(UInt16.self))
        let (countHere, shortCount) = (try end.integer(UInt16.self), try end.integer(UInt16.self))
        let (shortSize, shortOffset) = (try end.integer(UInt32.self), try end.integer(UInt32.self))
        guard disk == 0, firstDisk == 0, countHere == shortCount, try end.integer(UInt16.self) == 0 else {
            throw end.fault("is of several volumes or has a comment; torch.save writes neither")
        }
        var (count, size, offset) = (UInt64(shortCount), UInt64(shortSize), UInt64(shortOffset))
        var limit = bytes.count - endCount
        if limit >= locatorCount {
            var locator = ByteReader(bytes, at: limit - locatorCount, part: "its zip directory", file: file)
            if try locator.integer(UInt32.self) == 0x0706_4B50 {
                _ = try locator.integer(UInt32.self)
                limit = try place(try locator.integer(UInt64.self), before: limit - locatorCount, locator)
                var long = ByteReader(bytes, at: limit, part: "its zip directory", file: file)
                guard try long.integer(UInt32.self) == 0x0606_4B50, try long.integer(UInt64.self) == longEndCount,
                    limit + 12 + Int(longEndCount) == bytes.count - endCount - locatorCount
                else {
                    throw long.fault("has no record of 64-bit numbers at byte \(limit), where it should be")
                }
                _ = try long.take(20)  // versions, volumes, members on this volume
                (count, size, offset) = (
                    try long.integer(UInt64.self), try long.integer(UInt64.self), try long.integer(UInt64.self)
                )
            }
        }
        let start = try place(offset, before: limit, end)
        guard size == limit - start else {
            throw end.fault("states \(size) bytes from byte \(start) on, but there are \(limit - start)")
        }
        // Each member takes 46 bytes and its name.
        guard count <= size / 46 else { throw end.fault("states \(count) members in \(size) bytes") }
        return (start..<limit, Int(count))
    }

    private static func place(_ offset: UInt64, before limit: Int, _ reader: ByteReader) throws -> Int {
        guard offset <= limit else {
            throw reader.fault("refers to byte \(offset), beyond byte \(limit); the file is cut off or damaged")
        }
        return Int(offset)
    }
}

/// One member as the directory lists it.
private struct Entry {
    let name: String
    let size: Int
    /// Where the member's own header is.
    let header: Int

    init(_ reader: inout ByteReader) throws {
        guard try reader.integer(UInt32.self) == 0x0201_4B50 else {
            throw reader.fault("has no member at byte \(reader.position - 4), where one should be")
        }
        _ = try reader.integer(UInt32.self)  // versions
        let flags = try reader.integer(UInt16.self)
        let method = try reader.integer(UInt16.self)
        _ = try reader.take(8)  // time, date, checksum
        let shortSizes = (stored: try reader.integer(UInt32.self), whole: try reader.integer(UInt32.self))
        let nameCount = Int(try reader.integer(UInt16.self))
        let extraCount = Int(try reader.integer(UInt16.self))
        let commentCount = Int(try reader.integer(UInt16.self))
        _ = try reader.take(8)  // volume, attributes
        let shortHeader = try reader.integer(UInt32.self)
        name = try reader.text(nameCount)
        var extra = ByteReader(
            try reader.take(extraCount), part: "the zip entry of “\(name)”", file: reader.file)
        _ = try reader.take(commentCount)
        guard flags & 1 == 0 else { throw extra.fault("is encrypted") }
        guard method == 0 else {
            throw extra.fault(
                "is compressed (method \(method)); torch.save stores members as they are, and only that is read")
        }

        // The field with identifier 1 holds, in this order, the numbers that are all ones elsewhere.
        var whole = UInt64(shortSizes.whole)
        var stored = UInt64(shortSizes.stored)
        var header = UInt64(shortHeader)
        while extra.position < extra.bytes.count {
            let identifier = try extra.integer(UInt16.self)
            let count = Int(try extra.integer(UInt16.self))
            var field = ByteReader(try extra.take(count), part: extra.part, file: extra.file)
            guard identifier == 1 else { continue }
            if whole == UInt32.max { whole = try field.integer(UInt64.self) }
            if stored == UInt32.max { stored = try field.integer(UInt64.self) }
            if header == UInt32.max { header = try field.integer(UInt64.self) }
        }
        guard stored == whole, let size = Int(exactly: whole), let place = Int(exactly: header) else {
            throw extra.fault("states \(stored) bytes in the archive and \(whole) outside, at byte \(header)")
        }
        self.size = size
        self.header = place
    }

    /// Where the member's bytes begin, which its own header tells.
    func start(_ bytes: UnsafeRawBufferPointer, before limit: Int, _ file: String) throws -> Int {
        let part = "the zip entry of “\(name)”"
        guard header <= limit else {
            throw TensorFileError(file: file, reason: "\(part) is at byte \(header), beyond the data's end at \(limit)")
        }
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[..<limit]), at: header, part: part, file: file)
        guard try reader.integer(UInt32.self) == 0x0403_4B50 else {
            throw reader.fault("has no header at byte \(header), where it should be")
        }
        _ = try reader.take(22)
        let nameCount = Int(try reader.integer(UInt16.self))
        let extraCount = Int(try reader.integer(UInt16.self))
        guard try reader.take(nameCount).elementsEqual(name.utf8) else {
            throw reader.fault("has another name in its own header")
        }
        _ = try reader.take(extraCount)
        let start = reader.position
        _ = try reader.take(size)
        return start
    }
}
