import Foundation

/// Why a bias was chosen: its run's settings are `bias=b`, followed by this.
enum ShiftReason: Hashable {
    /// The highest recall that a rule allows.
    case tolerance(Double)
    /// The highest recall at a method's accuracy, by the method's system and settings.
    case asAccurate(system: String, settings: String)
    /// A point of the curve of recall against accuracy.
    case curve

    static let key = "bias="

    private var text: String {
        switch self {
        case .tolerance(let tolerance): " tolerance=\(String(format: "%g", tolerance))"
        case .asAccurate(let system, let settings): " like=\(system)\(settings.isEmpty ? "" : " \(settings)")"
        case .curve: ""
        }
    }

    func settings(bias: Double) -> String { "\(Self.key)\(bias)\(text)" }

    /// The bias of settings that have this reason.
    func bias(of settings: String) -> Double? {
        guard settings.hasPrefix(Self.key) else { return nil }
        let number = settings.dropFirst(Self.key.count).prefix { $0 != " " }
        return settings.dropFirst(Self.key.count + number.count) == text ? Double(number) : nil
    }
}
