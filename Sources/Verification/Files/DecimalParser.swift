/// Reads decimal numbers from bytes, correctly rounded, at the speed that files of a gigabyte ask for.
///
/// Up to 19 digits are gathered into an integer m, the value being m · 10^−k. Three ways lead to the nearest double:
/// m < 2⁵³ and k ≤ 22 are exact doubles, and one division rounds once (Clinger 1990); else m times a 64-bit
/// reciprocal of 5^k, unless the product lies too near the middle between two doubles (after Lemire 2021); else the
/// standard library.
enum DecimalParser {
    /// The number that fills the bytes, or `nil` if they are no number. "nan" and "inf" are numbers here; whoever
    /// reads scores refuses them with the line at hand.
    @inline(__always)
    static func parse(_ bytes: UnsafePointer<UInt8>, count: Int) -> Double? {
        var place = 0
        var isNegative = false
        if count > 0, bytes[0] == 0x2D || bytes[0] == 0x2B {
            isNegative = bytes[0] == 0x2D
            place = 1
        }
        var mantissa: UInt64 = 0
        var digitCount = 0
        var fractionDigits = 0
        var hasPoint = false
        while place < count {
            let digit = bytes[place] &- 0x30
            if digit < 10 {
                mantissa = mantissa &* 10 &+ UInt64(digit)
                // Leading zeros take no room.
                if mantissa != 0 { digitCount &+= 1 }
                if hasPoint { fractionDigits &+= 1 }
            } else if bytes[place] == 0x2E, !hasPoint {
                hasPoint = true
            } else {
                break
            }
            place &+= 1
        }
        let hasDigits = place > (isNegative || bytes[0] == 0x2B ? 1 : 0) + (hasPoint ? 1 : 0)
        guard place == count, hasDigits, digitCount <= 19, fractionDigits <= maximumPower,
            let magnitude = nearest(mantissa, power: fractionDigits)
        else { return bySlowRoad(bytes, count: count) }
        return isNegative ? -magnitude : magnitude
    }

    /// The double nearest to m · 10^−k, if it is found by one of the fast ways.
    @inline(__always)
    private static func nearest(_ mantissa: UInt64, power: Int) -> Double? {
        if mantissa <= 1 << 53, power <= 22 { return Double(mantissa) / powersOfTen[power] }
        // m · 5^−k · 2^−k, with m and 5^−k scaled to have their top bits set.
        let shift = mantissa.leadingZeroBitCount
        let reciprocal = reciprocals[power]
        let product = (mantissa << UInt64(shift)).multipliedFullWidth(by: reciprocal.significand).high
        // The true product lies in [product, product + 2).
        let extra = 10 + (product >> 63)
        let rest = product & ((1 << extra) - 1)
        let half: UInt64 = 1 << (extra - 1)
        guard rest + 2 < half || rest > half else { return nil }
        let rounded = (product >> extra) + (rest > half ? 1 : 0)
        let exponent = Int(extra) - shift + reciprocal.exponent
        return Double(rounded) * Double(bitPattern: UInt64(1023 + exponent) << 52)
    }

    private static func bySlowRoad(_ bytes: UnsafePointer<UInt8>, count: Int) -> Double? {
        Double(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
    }

    /// The largest k with 5^k < 2⁶⁴.
    private static let maximumPower = 27

    private static let powersOfTen: [Double] = (0...22).reduce(into: []) { powers, power in
        powers.append(power == 0 ? 1 : powers[power - 1] * 10)
    }

    /// 10^−k, as significand · 2^exponent once multiplied into the high half of a product; the significand is cut,
    /// not rounded.
    private struct Reciprocal {
        let significand: UInt64
        let exponent: Int
    }

    private static let reciprocals: [Reciprocal] = (0...maximumPower).map { power in
        var five: UInt64 = 1
        for _ in 0..<power { five *= 5 }
        let shift = five.leadingZeroBitCount
        let scaled = five << UInt64(shift)
        // 2^127 / scaled lies in (2^63, 2^64], and is 2^64 only for a power of two, that is for k = 0.
        guard power > 0 else { return Reciprocal(significand: 1 << 63, exponent: 1) }
        let quotient = scaled.dividingFullWidth((high: 1 << 63, low: 0)).quotient
        // 5^−k = 2^shift / scaled = 2^(shift − 127) · quotient.
        return Reciprocal(significand: quotient, exponent: shift - 127 + 64 - power)
    }
}
