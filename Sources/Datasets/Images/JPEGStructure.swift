/// What the markers of a JPEG file say besides its pixels.
///
/// The decoder fills missing data with grey and only warns, so the walk to the end marker is what
/// tells a whole file from a truncated one.
struct JPEGStructure {
    var orientation = Orientation.upright
    /// Adobe's APP14 segment: its programs store CMYK inverted.
    var hasAdobeMarker = false

    /// Walks the markers of ITU-T T.81 (annex B) from SOI to EOI.
    init(_ bytes: [UInt8]) throws {
        var position = 2
        while true {
            guard let marker = Self.nextMarker(in: bytes, from: &position) else {
                throw ImageError.truncated(.jpeg, detail: "it has no end marker")
            }
            switch marker {
            case 0xD9:
                return
            case 0x01, 0xD0...0xD8:
                continue
            default:
                guard position + 2 <= bytes.count else {
                    throw ImageError.truncated(.jpeg, detail: "it ends inside a segment's length")
                }
                let length = Int(bytes[position]) << 8 | Int(bytes[position + 1])
                guard length >= 2 else {
                    throw ImageError.corrupt(.jpeg, detail: "a segment has length \(length)")
                }
                guard position + length <= bytes.count else {
                    throw ImageError.truncated(.jpeg, detail: "it ends inside a segment")
                }
                let content = bytes[position + 2..<position + length]
                if marker == 0xE1, let found = exifOrientation(in: content) {
                    orientation = found
                } else if marker == 0xEE, content.starts(with: Array("Adobe".utf8)) {
                    hasAdobeMarker = true
                }
                position += length
            }
        }
    }

    /// The next marker, past entropy-coded data, stuffed zeros and fill bytes.
    private static func nextMarker(in bytes: [UInt8], from position: inout Int) -> UInt8? {
        bytes.withUnsafeBufferPointer { buffer in
            while position + 1 < buffer.count {
                if buffer[position] == 0xFF, buffer[position + 1] != 0x00, buffer[position + 1] != 0xFF {
                    position += 2
                    return buffer[position - 1]
                }
                position += 1
            }
            return nil
        }
    }
}

/// The orientation tag (0x0112) of an APP1 segment, nil where there is none that makes sense.
///
/// The segment holds `Exif\0\0` and a TIFF header: byte order, 42, the offset of a directory of
/// 12-byte entries (tag, type, count, value). Cameras write many odd headers, so that what cannot be
/// read is taken as upright and not as an error.
func exifOrientation(in segment: ArraySlice<UInt8>) -> Orientation? {
    guard segment.starts(with: Array("Exif\0\0".utf8)) else { return nil }
    let tiff = Array(segment.dropFirst(6))
    let isLittleEndian = tiff.starts(with: Array("II*\0".utf8))
    guard isLittleEndian || tiff.starts(with: Array("MM\0*".utf8)) else { return nil }

    func integer(at offset: Int, bytes count: Int) -> Int? {
        guard offset >= 0, offset + count <= tiff.count else { return nil }
        let field = tiff[offset..<offset + count]
        return (isLittleEndian ? Array(field.reversed()) : Array(field)).reduce(0) { $0 << 8 | Int($1) }
    }

    guard let directory = integer(at: 4, bytes: 4), let count = integer(at: directory, bytes: 2) else {
        return nil
    }
    for index in 0..<count {
        let entry = directory + 2 + 12 * index
        guard let tag = integer(at: entry, bytes: 2) else { return nil }
        guard tag == 0x0112 else { continue }
        let short = 3
        guard integer(at: entry + 2, bytes: 2) == short else { return nil }
        return integer(at: entry + 8, bytes: 2).flatMap(Orientation.init(rawValue:))
    }
    return nil
}
