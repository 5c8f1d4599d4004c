import Foundation

/// A number with so many digits after the point, thousands parted by narrow spaces from 10 000 on, and a true
/// minus sign.
public func grouped(_ value: Double, decimals: Int = 0) -> String {
    let written = String(format: "%.\(decimals)f", value.magnitude)
    let parts = written.split(separator: ".")
    var whole = ""
    for (place, digit) in parts[0].enumerated() {
        if parts[0].count > 4, place > 0, (parts[0].count - place).isMultiple(of: 3) { whole.append("\u{202F}") }
        whole.append(digit)
    }
    let isZero = written.allSatisfy { $0 == "0" || $0 == "." }
    return (value < 0 && !isZero ? "−" : "") + ([whole] + parts.dropFirst().map(String.init)).joined(separator: ".")
}

/// A whole number without its sign's or digits' usual height: −5 is "⁻⁵".
func superscript(_ number: Int) -> String {
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return (number < 0 ? "⁻" : "") + String("\(number.magnitude)".compactMap { $0.wholeNumberValue.map { digits[$0] } })
}

/// A share as percent: 0.0372 is "3.72 %".
func percentText(_ share: Double) -> String {
    grouped(share * 100, decimals: 2) + "\u{202F}%"
}

/// A number with at most so many digits after a point, without zeros at the end.
func decimal(_ value: Double, places: Int) -> String {
    let power = pow(10, Double(places))
    let rounded = (value * power).rounded() / power
    return rounded == rounded.rounded() && rounded.magnitude < 1e15 ? "\(Int(rounded))" : "\(rounded)"
}
