import Foundation

/// Reads a decimal number such as `-12.5e3` from the start of a text.
///
/// Up to 2⁵³ as digits, times or over a power of ten up to 10²², both are exact and one rounding gives the nearest
/// double (Clinger 1990); everything else goes to `strtod`.
///
/// - Returns: the number and where it ends, nil where no number starts. "inf", "nan", hexadecimals, and numbers beyond the
///   type's range are none.
@inline(__always)
func decimalNumber(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
) -> (value: Double, end: UnsafePointer<UInt8>)? {
    var place = start
    guard place < end else { return nil }
    let isNegative = place.pointee == 0x2D
    if isNegative || place.pointee == 0x2B { place += 1 }
    var mantissa: UInt64 = 0
    let digits = place
    while place < end, place.pointee &- 0x30 < 10 {
        mantissa = mantissa &* 10 &+ UInt64(place.pointee &- 0x30)
        place += 1
    }
    var digitCount = place - digits
    var exponent = 0
    if place < end, place.pointee == 0x2E {
        place += 1
        let fraction = place
        while place < end, place.pointee &- 0x30 < 10 {
            mantissa = mantissa &* 10 &+ UInt64(place.pointee &- 0x30)
            place += 1
        }
        exponent = fraction - place
        digitCount -= exponent
    }
    guard digitCount > 0 else { return nil }
    if place < end, place.pointee | 0x20 == 0x65 {
        var mark = place + 1
        let isDivided = mark < end && mark.pointee == 0x2D
        if mark < end, isDivided || mark.pointee == 0x2B { mark += 1 }
        guard mark < end, mark.pointee &- 0x30 < 10 else { return nil }
        var written = 0
        while mark < end, mark.pointee &- 0x30 < 10 {
            written = min(written * 10 + Int(mark.pointee &- 0x30), 100_000)
            mark += 1
        }
        exponent += isDivided ? -written : written
        place = mark
    }
    guard digitCount <= 19, mantissa <= 1 << 53, abs(exponent) <= 22 else {
        let value = slowNumber(start, place)
        return value.isFinite ? (value, place) : nil
    }
    let size = Double(mantissa)
    let value = exponent < 0 ? size / powersOfTen[-exponent] : size * powersOfTen[exponent]
    return (isNegative ? -value : value, place)
}

private func slowNumber(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Double {
    Double(String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)) ?? .nan
}

/// 10⁰ … 10²², all of them exact.
private let powersOfTen: [Double] = (0...22).map { Double("1e\($0)") ?? .nan }
