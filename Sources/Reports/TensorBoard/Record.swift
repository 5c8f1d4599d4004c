import Foundation

extension Data {
    /// A record of TensorFlow's record files: length, check sum of the length, content, check sum of it.
    var asRecord: Data {
        var length = Data()
        length.append(littleEndian: UInt64(count))
        var record = length
        record.append(littleEndian: length.maskedChecksum)
        record.append(self)
        record.append(littleEndian: maskedChecksum)
        return record
    }

    /// CRC-32C, rotated and moved, so that a check sum of data with check sums in it says something.
    private var maskedChecksum: UInt32 {
        let sum = checksum
        return (sum >> 15 | sum << 17) &+ 0xa282_ead8
    }

    /// CRC-32C (Castagnoli), of "123456789" 0xe3069283.
    var checksum: UInt32 {
        ~reduce(~0) { Checksum.table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
    }
}

private enum Checksum {
    /// What a byte does to the sum: the polynomial with its bits in reverse, eight times.
    static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0x82f6_3b78 : sum >> 1 }
    }
}
