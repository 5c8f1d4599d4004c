/// A hash of 64 bits by which files of equal content find one another. It protects against nothing:
/// equal hashes are confirmed by comparing the bytes.
///
/// FNV-1a taken over words instead of bytes: for each eight bytes, lowest first and the last filled up
/// with zeros, `h = (h ^ word) * 1099511628211`, then `h ^= h >> 32` to bring high bits down; at the
/// end the same with the length.
func contentHash(_ bytes: [UInt8]) -> UInt64 {
    var hash: UInt64 = 14_695_981_039_346_656_037
    func mix(_ word: UInt64) {
        hash = (hash ^ word) &* 1_099_511_628_211
        hash ^= hash >> 32
    }
    bytes.withUnsafeBytes { buffer in
        var offset = 0
        while offset + 8 <= buffer.count {
            mix(UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        if offset < buffer.count {
            mix(buffer[offset...].reversed().reduce(0) { $0 << 8 | UInt64($1) })
        }
    }
    mix(UInt64(bytes.count))
    return hash
}
