import Foundation

/// A message in Protocol Buffers' wire format: fields by number, each with how it is stored.
///
/// <https://protobuf.dev/programming-guides/encoding/>
struct ProtocolMessage {
    private(set) var data = Data()

    /// A number of variable length.
    mutating func add(_ field: Int, _ value: Int) {
        append(UInt64(field << 3))
        append(UInt64(bitPattern: Int64(value)))
    }

    mutating func add(_ field: Int, _ value: Double) {
        append(UInt64(field << 3 | 1))
        data.append(littleEndian: value.bitPattern)
    }

    /// Text, or a message within.
    mutating func add(_ field: Int, _ value: Data) {
        append(UInt64(field << 3 | 2))
        append(UInt64(value.count))
        data.append(value)
    }

    mutating func add(_ field: Int, _ value: Float) {
        append(UInt64(field << 3 | 5))
        data.append(littleEndian: value.bitPattern)
    }

    /// Seven bits in each byte, the lowest first; the eighth says that more follow.
    private mutating func append(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            data.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        data.append(UInt8(rest))
    }
}

extension Data {
    mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
