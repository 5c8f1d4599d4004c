import Testing

@testable import Datasets

@Suite struct GzipTests {
    /// `printf abcabcabc | gzip -n`
    static let packed: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03,
        0x4B, 0x4C, 0x4A, 0x4E, 0x04, 0x23, 0x00, 0x18, 0x48, 0x2D, 0x46, 0x09, 0x00, 0x00, 0x00,
    ]

    private func text(_ bytes: [UInt8], limit: Int = 100) throws -> String {
        String(decoding: try decompressedGzip(bytes, limit: limit, path: "a.gz"), as: UTF8.self)
    }

    @Test func unpacks() throws {
        #expect(try text(Self.packed) == "abcabcabc")
        #expect(try text(Self.packed, limit: 4) == "abca")
        #expect(try text(Self.packed + Self.packed) == "abcabcabcabcabcabc")
    }

    @Test func everyTruncationIsAnError() {
        for length in Self.packed.indices {
            #expect(throws: DataError.self) { try text(Array(Self.packed[..<length])) }
        }
    }

    @Test func damageIsAnError() {
        var damaged = Self.packed
        damaged[damaged.count - 5] ^= 1
        #expect(message { try text(damaged) }?.contains("damaged gzip") == true)
    }
}
