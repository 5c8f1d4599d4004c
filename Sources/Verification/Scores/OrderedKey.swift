/// An integer that orders as the score does, so that scores can be sorted by their digits.
///
/// IEEE 754 numbers of one sign order as their bit patterns do, negative ones in reverse: set the sign bit of
/// a positive number, invert every bit of a negative one. Negative zero becomes positive zero first, so equal
/// scores have equal keys.
func orderedKey(_ score: Double) -> UInt64 {
    let bits = (score + 0.0).bitPattern
    return bits & signBit == 0 ? bits | signBit : ~bits
}

/// The score whose ``orderedKey(_:)`` is `key`.
func score(orderedKey key: UInt64) -> Double {
    Double(bitPattern: key & signBit == 0 ? ~key : key & ~signBit)
}

private let signBit: UInt64 = 1 << 63

/// Something that can be sorted by the digits of an integer.
protocol DigitSortable: BitwiseCopyable, Sendable {
    var sortKey: UInt64 { get }
}

extension UInt64: DigitSortable {
    var sortKey: UInt64 { self }
}

/// A score's key with the place that the score had before sorting.
struct KeyedIndex: DigitSortable {
    let sortKey: UInt64
    let index: UInt32
}
