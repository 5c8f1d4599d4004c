import Experiments
import Foundation

/// Numbers as people read them.
enum Format {
    /// 0.0372 as "3.72 %".
    static func percent(_ share: Double, digits: Int = 2) -> String {
        String(format: "%.\(digits)f %%", share * 100)
    }

    /// "1.2k", "340", "7.3".
    static func rate(_ value: Double) -> String {
        switch value {
        case 10_000...: String(format: "%.0fk", value / 1000)
        case 1000...: String(format: "%.1fk", value / 1000)
        case 10...: String(format: "%.0f", value)
        default: String(format: "%.1f", value)
        }
    }

    /// "8 s", "3 min 20 s", "2 h 05 min".
    static func duration(_ seconds: Double) -> String {
        PageText.duration(seconds)
    }

    /// Four significant digits.
    static func number(_ value: Double) -> String { String(format: "%.4g", value) }

    /// Radians as degrees.
    static func degrees(_ radians: Double) -> String { String(format: "%.1f°", radians * 180 / .pi) }
}
