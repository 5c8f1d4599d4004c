import CZlib

/// The first bytes of a gzip file's content (RFC 1952), at most `limit` of them.
///
/// The limit keeps a small file from unfolding into all memory.
///
/// - Throws: ``DataError`` where the stream is damaged or breaks off before `limit`.
public func decompressedGzip(_ bytes: [UInt8], limit: Int, path: String) throws -> [UInt8] {
    var stream = z_stream()
    // 15: the largest window; 16: a gzip header.
    let start = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard start == Z_OK else { throw DataError(path: path, message: "zlib could not be started") }
    defer { inflateEnd(&stream) }

    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var consumed = 0
    while content.count < limit {
        // zlib counts in 32 bits.
        let offered = min(bytes.count - consumed, 1 << 30)
        let wanted = min(chunk.count, limit - content.count)
        let result = bytes.withUnsafeBufferPointer { input in
            chunk.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + consumed) }
                stream.avail_in = UInt32(offered)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(wanted)
                return inflate(&stream, Z_NO_FLUSH)
            }
        }
        let produced = wanted - Int(stream.avail_out)
        consumed += offered - Int(stream.avail_in)
        content += chunk[..<produced]
        switch result {
        case Z_STREAM_END:
            if consumed == bytes.count { return content }
            // RFC 1952, 2.2: members may follow one another.
            guard inflateReset(&stream) == Z_OK else {
                throw DataError(path: path, message: "zlib could not be restarted")
            }
        case Z_OK where produced > 0 || consumed < bytes.count:
            continue
        case Z_OK, Z_BUF_ERROR:
            throw DataError(path: path, message: "is a gzip file that ends too soon")
        default:
            let detail = stream.msg.map { ": " + String(cString: $0) } ?? ""
            throw DataError(path: path, message: "is a damaged gzip file\(detail)")
        }
    }
    return content
}
