/// Writes a rate the way every table of this project does: the fewest digits that give the number back,
/// in scientific form (0.0001 is `1e-4`, 0.025 is `2.5e-2`, 0 is `0`).
///
/// Peers print the same rate as "1e-4" and as "0.01" percent; one form keeps names comparable.
func scientific(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    let parts = "\(value.magnitude)".lowercased().split(separator: "e")
    let written = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = written[0]
    let fraction = written.count > 1 ? written[1] : ""
    let digits = whole + fraction
    let leadingZeros = digits.prefix { $0 == "0" }.count
    let exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + whole.count - 1 - leadingZeros

    var significant = Substring(digits.dropFirst(leadingZeros))
    while significant.count > 1, significant.last == "0" { significant.removeLast() }
    let mantissa = significant.count == 1 ? "\(significant)" : "\(significant.prefix(1)).\(significant.dropFirst())"
    return "\(value < 0 ? "-" : "")\(mantissa)e\(exponent)"
}

/// Writes a number with the fewest digits that give it back, whole numbers without a point (10, 0.5).
func plain(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
}
