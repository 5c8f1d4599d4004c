/// An integer that orders as the score does, so that scores can be sorted by their digits.
///
/// IEEE 754 numbers of one sign order as their bit patterns do, negative ones in reverse: set the sign bit of
/// a positive number, invert every bit of a negative one. Negative zero counts as positive zero, so equal
/// scores have equal keys.
@inline(__always)
func orderedKey(_ score: Double) -> UInt64 {
    let bits = (score + 0.0).bitPattern
    let signBit: UInt64 = 1 << 63
    return bits & signBit == 0 ? bits | signBit : ~bits
}

/// Something that can be sorted by the digits of an integer.
protocol DigitSortable: BitwiseCopyable, Sendable {
    var sortKey: UInt64 { get }
}

extension Double: DigitSortable {
    var sortKey: UInt64 { orderedKey(self) }
}

/// A score with the place it had before sorting.
struct PlacedScore: DigitSortable {
    let score: Double
    let place: UInt32

    var sortKey: UInt64 { orderedKey(score) }
}
