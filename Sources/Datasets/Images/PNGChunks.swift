/// The chunks of a PNG file that decide its pixels.
///
/// Gamma, colour profiles and texts are left out: libpng's simplified reader would convert colours by
/// them, where the pictures of a data set are taken as stored; nor can a compressed text then unfold
/// into memory.
struct PNGChunks {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    let width: Int
    let height: Int
    let hasColor: Bool
    let hasAlpha: Bool
    /// The file with IHDR, PLTE, tRNS, IDAT and IEND alone.
    let bytes: [UInt8]

    /// Walks the chunks (length, name, content, checksum) of PNG 1.2, section 3, from IHDR to IEND.
    init(_ file: [UInt8]) throws {
        var kept = Self.signature
        kept.reserveCapacity(file.count)
        var header: [UInt8] = []
        var hasTransparencyChunk = false
        var position = Self.signature.count
        while true {
            guard position + 12 <= file.count else {
                throw ImageError.truncated(.png, detail: "it has no IEND chunk")
            }
            let length = file[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            let name = String(decoding: file[position + 4..<position + 8], as: UTF8.self)
            let end = position + 12 + length
            guard end <= file.count else {
                throw ImageError.truncated(.png, detail: "it ends inside its chunk \(name)")
            }
            if header.isEmpty {
                guard name == "IHDR", length == 13 else {
                    throw ImageError.corrupt(.png, detail: "its first chunk is not IHDR")
                }
                header = Array(file[position + 8..<position + 21])
            }
            if ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].contains(name) {
                kept += file[position..<end]
            }
            if name == "tRNS" { hasTransparencyChunk = true }
            if name == "IEND" { break }
            position = end
        }
        width = header[0..<4].reduce(0) { $0 << 8 | Int($1) }
        height = header[4..<8].reduce(0) { $0 << 8 | Int($1) }
        // Bits of the colour type: 1 palette, 2 colour, 4 alpha.
        hasColor = header[9] & 2 != 0
        hasAlpha = header[9] & 4 != 0 || hasTransparencyChunk
        bytes = kept
    }
}
