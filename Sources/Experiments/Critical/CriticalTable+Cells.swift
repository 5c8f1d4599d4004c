import Foundation
import Verification

/// The table as it is to be read, in percent.
extension CriticalTable {
    public var header: [String] {
        ["method", "setting"] + CriticalRate.allCases.flatMap { ["\($0.rawValue)", "over seeds", "over samples"] }
            + ["recall − CE", "noise", "CE + bias at its accuracy", "seeds"]
    }

    /// A row for each method, a cell for each column.
    public var cells: [[String]] { rows.map(Self.cells) }

    private static func cells(_ row: Row) -> [String] {
        let rates = CriticalRate.allCases.flatMap { rate -> [String] in
            guard let figure = row.figure(rate) else { return ["–", "–", "–"] }
            return [percent(figure.mean), text(figure.overSeeds), text(figure.overItems)]
        }
        var gain = ["–", "–"]
        if let found = row.recallGain {
            gain = [String(format: "%+.2f", found.value * 100), found.isOutsideNoise ? "outside" : "inside"]
        }
        let shifted = row.shifted.map { "\(percent($0.recall)) (\(percent($0.accuracy)))" } ?? "–"
        return [row.method.rawValue, row.settingText] + rates + gain + [shifted, "\(row.seeds.count)"]
    }

    private static func percent(_ share: Double) -> String { String(format: "%.2f", share * 100) }

    private static func text(_ interval: Interval?) -> String {
        interval.map { String(format: "[%.2f, %.2f]", $0.lower * 100, $0.upper * 100) } ?? "–"
    }
}

extension CriticalTable.Row {
    /// What was chosen, in short: keys without their section, numbers with three digits.
    var settingText: String {
        guard let setting, !setting.isEmpty else { return setting == nil ? "–" : "" }
        return setting.split(separator: " ").map { part in
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2 else { return String(part) }
            let key = pair[0].split(separator: ".").last.map(String.init) ?? pair[0]
            return "\(key)=\(Double(pair[1]).map { String(format: "%.3g", $0) } ?? pair[1])"
        }.filter { !$0.hasPrefix("tolerance=") }.joined(separator: " ")
    }
}
