import AngularMargin
import Foundation
import Reports

/// A preset drawn: `margin head NAME --plot`.
public enum HeadFigure {
    /// Writes the plot of a preset with `key=value` settings.
    ///
    /// Where margins or weights go by class, a class is made up that has one.
    public static func write(head name: String, settings: [String], to path: String) throws {
        let plot = try plot(head: name, settings: settings)
        try writeAtomically(plot.svg(), to: path, makesFolders: false)
    }

    /// The plot itself.
    static func plot(head name: String, settings: [String]) throws -> Plot {
        let preset = try HeadPreset.named(name)
        let options = try HeadRunOptions(settings, preset: preset)
        var values = options.values
        if preset.needsClasses, values["classes"] == nil, values["margins"] == nil {
            values["classes"] = "0"
        }
        let head = try preset.head(values, for: HeadContext(classNames: ["0", "1"]))
        return try Plot.head(preset, head, settings: try preset.arguments(values).shown)
    }
}

extension HeadArguments {
    /// The scale and margins in use, for a line under a title.
    var shown: String {
        let keys = ["variant", "norm", "s", "r", "m", "m1", "m2", "m3", "mu", "k", "m_prime", "t", "sigma"]
        let found = keys.compactMap { key in values[key].map { "\(key) = \($0.short)" } }
        return found.joined(separator: ", ")
    }
}

extension HeadParameterValue {
    /// With at most four decimals.
    fileprivate var short: String {
        guard case .number(let number) = self, number != number.rounded() else { return description }
        return HeadParameterValue.number((number * 1e4).rounded() / 1e4).description
    }
}
