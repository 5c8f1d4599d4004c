import Foundation

/// The hash by which a file of weights is recognised anywhere: SHA-256 (FIPS 180-4, section 6.2).
struct SHA256 {
    private var state: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    /// The fractional parts of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = {
        var primes: [Int] = []
        var candidate = 2
        while primes.count < 64 {
            if primes.allSatisfy({ !candidate.isMultiple(of: $0) }) { primes.append(candidate) }
            candidate += 1
        }
        return primes.map { prime in
            let root = cbrt(Double(prime))
            return UInt32((root - root.rounded(.down)) * 4_294_967_296)
        }
    }()

    /// The hash of a file in 64 hexadecimal digits; the file is mapped, not read at once.
    static func hexadecimal(ofFile path: String) throws -> String {
        try hexadecimal(of: Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped))
    }

    static func hexadecimal(of data: Data) -> String {
        var hash = SHA256()
        let whole = data.count / 64 * 64
        var tail = [UInt8](data.suffix(data.count - whole)) + [0x80]
        tail += [UInt8](repeating: 0, count: (120 - tail.count % 64) % 64)
        tail += withUnsafeBytes(of: UInt64(data.count * 8).bigEndian) { [UInt8]($0) }
        var schedule = [UInt32](repeating: 0, count: 64)
        data.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: whole, by: 64) { hash.add(bytes, start, &schedule) }
        }
        tail.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: tail.count, by: 64) { hash.add(bytes, start, &schedule) }
        }
        return hash.state.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ schedule: inout [UInt32]) {
        for index in 0..<16 {
            schedule[index] = UInt32(
                bigEndian: bytes.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self))
        }
        for index in 16..<64 {
            let (early, late) = (schedule[index - 15], schedule[index - 2])
            let small = Self.rotated(early, 7) ^ Self.rotated(early, 18) ^ (early >> 3)
            let large = Self.rotated(late, 17) ^ Self.rotated(late, 19) ^ (late >> 10)
            schedule[index] = schedule[index - 16] &+ small &+ schedule[index - 7] &+ large
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for index in 0..<64 {
            let choice = (e & f) ^ (~e & g)
            let majority = (a & b) ^ (a & c) ^ (b & c)
            let first =
                h &+ (Self.rotated(e, 6) ^ Self.rotated(e, 11) ^ Self.rotated(e, 25)) &+ choice
                &+ Self.constants[index] &+ schedule[index]
            let second = (Self.rotated(a, 2) ^ Self.rotated(a, 13) ^ Self.rotated(a, 22)) &+ majority
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
        }
        for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] = state[index] &+ word }
    }

    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }
}
