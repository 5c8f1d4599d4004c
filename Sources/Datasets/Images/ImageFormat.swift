/// The picture formats that are read, recognised by their first bytes and never by a file's name.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
    case jpeg = "JPEG"
    case png = "PNG"
    case gif = "GIF"
    /// The raw and plain forms of PBM, PGM and PPM: P1 to P6.
    case netpbm = "PBM, PGM or PPM"

    /// The format whose signature `bytes` begin with.
    public init?(signatureOf bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: PNGChunks.signature) {
            self = .png
        } else if bytes.starts(with: Array("GIF87a".utf8)) || bytes.starts(with: Array("GIF89a".utf8)) {
            self = .gif
        } else if bytes.count >= 3, bytes[0] == UInt8(ascii: "P"),
            (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(bytes[1]),
            NetpbmHeader.isSpace(bytes[2]) || bytes[2] == UInt8(ascii: "#")
        {
            self = .netpbm
        } else {
            return nil
        }
    }
}

/// Says in words what a file that is no readable picture begins with.
func describeStart(of bytes: [UInt8]) -> String {
    let known: [(signature: [UInt8], offset: Int, name: String)] = [
        (Array("WEBP".utf8), 8, "a WebP signature"),
        (Array("ftypheic".utf8), 4, "a HEIC signature"),
        (Array("ftypavif".utf8), 4, "an AVIF signature"),
        (Array("II*\0".utf8), 0, "a TIFF signature"),
        (Array("MM\0*".utf8), 0, "a TIFF signature"),
        (Array("%PDF".utf8), 0, "a PDF signature"),
        (Array("PK\u{3}\u{4}".utf8), 0, "a ZIP signature"),
        ([0x1F, 0x8B], 0, "a gzip signature"),
        (Array("version https://git-lfs".utf8), 0, "a Git LFS pointer (the file itself was not fetched)"),
        (Array("BM".utf8), 0, "a BMP signature"),
    ]
    for (signature, offset, name) in known where bytes.dropFirst(offset).starts(with: signature) {
        return name
    }
    let start = bytes.prefix(24)
    let isText = start.allSatisfy { (0x20..<0x7F).contains($0) || (0x09...0x0D).contains($0) }
    if isText {
        return "the text \""
            + String(decoding: start, as: UTF8.self).split(whereSeparator: \.isNewline)
            .joined(separator: " ") + "\""
    }
    let digits = Array("0123456789abcdef")
    let hexadecimal = start.prefix(8).map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }
    return "the bytes " + hexadecimal.joined(separator: " ")
}
