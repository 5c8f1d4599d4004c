/// The header of a PBM, PGM or PPM file: `P1` to `P6`, width, height and, but for bitmaps, the largest
/// value; separated by white space and comments that run from `#` to the end of the line.
struct NetpbmHeader {
    let kind: UInt8
    let width: Int
    let height: Int
    let maximum: Int
    /// Where the pixels begin: one white-space byte past the last number.
    let pixels: Int

    var isPlain: Bool { kind <= 3 }
    var isBitmap: Bool { kind == 1 || kind == 4 }
    var channels: Int { kind == 3 || kind == 6 ? 3 : 1 }

    init(_ bytes: [UInt8]) throws {
        kind = bytes[1] - UInt8(ascii: "0")
        var scanner = NetpbmScanner(bytes: bytes, position: 2)
        width = try scanner.number("width")
        height = try scanner.number("height")
        maximum = kind == 1 || kind == 4 ? 1 : try scanner.number("largest value")
        guard (1...65535).contains(maximum) else {
            throw ImageError.corrupt(.netpbm, detail: "its largest value is \(maximum), not 1 to 65535")
        }
        guard scanner.position < bytes.count else {
            throw ImageError.truncated(.netpbm, detail: "it ends with its header")
        }
        guard Self.isSpace(bytes[scanner.position]) else {
            throw ImageError.corrupt(.netpbm, detail: "its header is not followed by white space")
        }
        pixels = scanner.position + 1
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}

/// Decodes P1 to P6. Values are scaled to 0...255 by `round(255 v / maximum)`; a set bit is black.
func decodeNetpbm(_ bytes: [UInt8], _ decoding: ImageDecoding) throws -> Image {
    let header = try NetpbmHeader(bytes)
    try decoding.checkSize(width: header.width, height: header.height, format: .netpbm)
    let samples: [UInt8]
    if header.isPlain {
        samples = try plainSamples(bytes, header)
    } else if header.isBitmap {
        samples = try packedBits(bytes, header)
    } else {
        samples = try rawSamples(bytes, header)
    }
    return Image(width: header.width, height: header.height, channels: header.channels, pixels: samples)
}

private func rawSamples(_ bytes: [UInt8], _ header: NetpbmHeader) throws -> [UInt8] {
    let count = header.width * header.height * header.channels
    let width = header.maximum > 255 ? 2 : 1
    try checkLength(bytes, header, needed: count * width)
    if header.maximum == 255 {
        return Array(bytes[header.pixels..<header.pixels + count])
    }
    return try (0..<count).map { index in
        let offset = header.pixels + index * width
        let value = width == 1 ? Int(bytes[offset]) : Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
        return try scaled(value, header)
    }
}

/// P4: rows of bits, the first in the highest bit, each row filled up to a byte.
private func packedBits(_ bytes: [UInt8], _ header: NetpbmHeader) throws -> [UInt8] {
    let stride = (header.width + 7) / 8
    try checkLength(bytes, header, needed: stride * header.height)
    return (0..<header.height).flatMap { row in
        (0..<header.width).map { column in
            let byte = bytes[header.pixels + row * stride + column / 8]
            return byte >> (7 - column % 8) & 1 == 1 ? 0 : 255
        }
    }
}

private func plainSamples(_ bytes: [UInt8], _ header: NetpbmHeader) throws -> [UInt8] {
    let count = header.width * header.height * header.channels
    // Every sample takes at least one character, so that a short file cannot claim memory.
    try checkLength(bytes, header, needed: count)
    var scanner = NetpbmScanner(bytes: bytes, position: header.pixels)
    return try (0..<count).map { _ in
        header.isBitmap ? try scanner.bit() == 1 ? 0 : 255 : try scaled(try scanner.number("pixel"), header)
    }
}

private func scaled(_ value: Int, _ header: NetpbmHeader) throws -> UInt8 {
    guard value <= header.maximum else {
        throw ImageError.corrupt(
            .netpbm, detail: "a value of \(value) is above its largest value \(header.maximum)")
    }
    return UInt8((255 * value + header.maximum / 2) / header.maximum)
}

private func checkLength(_ bytes: [UInt8], _ header: NetpbmHeader, needed: Int) throws {
    let present = bytes.count - header.pixels
    guard present >= needed else {
        throw ImageError.truncated(
            .netpbm, detail: "\(header.width) × \(header.height) pixels need \(needed) bytes, \(present) are there")
    }
}

/// Reads the numbers of a header and of the plain forms.
private struct NetpbmScanner {
    let bytes: [UInt8]
    var position: Int

    private mutating func skipSpaceAndComments() {
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "#") {
                while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
            } else if NetpbmHeader.isSpace(bytes[position]) {
                position += 1
            } else {
                return
            }
        }
    }

    mutating func number(_ what: String) throws -> Int {
        skipSpaceAndComments()
        let start = position
        var value = 0
        while position < bytes.count, let digit = Self.digit(bytes[position]) {
            value = value * 10 + digit
            guard value < 1 << 31 else {
                throw ImageError.corrupt(.netpbm, detail: "its \(what) has too many digits")
            }
            position += 1
        }
        guard position > start else {
            throw position == bytes.count
                ? ImageError.truncated(.netpbm, detail: "its \(what) is missing")
                : ImageError.corrupt(.netpbm, detail: "its \(what) is not a number")
        }
        return value
    }

    mutating func bit() throws -> Int {
        skipSpaceAndComments()
        guard position < bytes.count else {
            throw ImageError.truncated(.netpbm, detail: "its pixel is missing")
        }
        guard let digit = Self.digit(bytes[position]), digit <= 1 else {
            throw ImageError.corrupt(.netpbm, detail: "a pixel of a bitmap is neither 0 nor 1")
        }
        position += 1
        return digit
    }

    private static func digit(_ byte: UInt8) -> Int? {
        (0x30...0x39).contains(byte) ? Int(byte) - 0x30 : nil
    }
}
