/// Whether `first` sorts before `second` when runs of digits count as numbers: s2 < s10.
///
/// Everything else is compared byte by byte. Names that differ only in leading zeros are ordered by
/// their bytes, so that the order is total and the same on every system.
public func precedesNaturally(_ first: String, _ second: String) -> Bool {
    var a = Substring(first).utf8
    var b = Substring(second).utf8
    while let x = a.first, let y = b.first {
        if isDigit(x), isDigit(y) {
            let number = significantDigits(&a)
            let other = significantDigits(&b)
            if number.count != other.count { return number.count < other.count }
            if !number.elementsEqual(other) { return number.lexicographicallyPrecedes(other) }
        } else if x != y {
            return x < y
        } else {
            a.removeFirst()
            b.removeFirst()
        }
    }
    if a.isEmpty != b.isEmpty { return a.isEmpty }
    return first.utf8.lexicographicallyPrecedes(second.utf8)
}

/// Takes a run of digits off the front and returns it without leading zeros.
private func significantDigits(_ text: inout Substring.UTF8View) -> Substring.UTF8View {
    let digits = text.prefix(while: isDigit)
    text = text[digits.endIndex...]
    return digits.drop { $0 == UInt8(ascii: "0") }
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
