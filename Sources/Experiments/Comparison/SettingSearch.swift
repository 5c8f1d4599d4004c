import AngularMargin
import Foundation

/// The few settings that every compared system may choose from on development identities: its scale, its margin
/// and the learning rate, as many for each system.
///
/// Setting i is point i of Halton's sequence in the bases 2, 3 and 5, which fills the ranges evenly at any number:
///
/// ```
/// scale  8 · 8^u, from 8 to 64
/// margin from a quarter of the way between no margin and the preset's default, to that default
/// rate   the recipe's · 4^(2w − 1), from a quarter of it to four times it
/// ```
///
/// A head without scale or margin spends its settings on the rest. What a system sets itself is not varied.
struct SettingSearch {
    private let scaleKey: String?
    private let margin: (none: Double, standard: Double)?
    private let learningRate: Double?

    /// - Parameters:
    ///   - recipe: with the system's own settings applied.
    ///   - given: the keys that the system sets itself, such as `head.m`.
    init(_ recipe: Recipe, given: Set<String>) throws {
        let preset = try HeadPreset.named(recipe.head.name)
        let arguments = try preset.arguments(recipe.head.values)
        func isFree(_ key: String) -> Bool {
            if case .number = arguments.values[key] { return !given.contains("head.\(key)") }
            return false
        }
        scaleKey = ["s", "r", "alpha"].first(where: isFree)
        if isFree("m"), case .number(let standard) = try preset.arguments(Self.words(recipe.head.values)).values["m"],
            case .number(let rule) = preset.parameters.first(where: { $0.key == "m" })?.kind
        {
            margin = (rule(arguments)?.range.lowerBound ?? 0, standard)
        } else {
            margin = nil
        }
        learningRate = given.contains("training.learning_rate") ? nil : recipe.training.learningRate
    }

    /// The values that choose a variant, without numbers: the preset's defaults depend on these.
    private static func words(_ values: [String: HeadParameterValue]) -> [String: HeadParameterValue] {
        values.filter { value in
            if case .number = value.value { return false }
            return true
        }
    }

    /// Setting number `index`, counted from 1, as `key=value` for the recipe.
    func setting(_ index: Int) -> [String] {
        var settings: [String] = []
        if let scaleKey {
            settings.append("head.\(scaleKey)=\(Self.text(8 * pow(8, Self.halton(index, base: 2)), digits: 2))")
        }
        if let margin {
            let share = 0.25 + 0.75 * Self.halton(index, base: 3)
            let value = margin.none + share * (margin.standard - margin.none)
            settings.append("head.m=\(Self.text(value, digits: 3))")
        }
        if let learningRate {
            let value = learningRate * pow(4, 2 * Self.halton(index, base: 5) - 1)
            settings.append("training.learning_rate=\(Self.text(value, digits: 2))")
        }
        return settings
    }

    /// The digits of `index` in a base, mirrored at the point.
    static func halton(_ index: Int, base: Int) -> Double {
        var (rest, weight, sum) = (index, 1.0, 0.0)
        while rest > 0 {
            weight /= Double(base)
            sum += weight * Double(rest % base)
            rest /= base
        }
        return sum
    }

    private static func text(_ value: Double, digits: Int) -> String { String(format: "%.\(digits)g", value) }
}
