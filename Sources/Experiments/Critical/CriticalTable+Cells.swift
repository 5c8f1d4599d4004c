import Foundation
import Verification

/// The table as it is to be read, in percent.
extension CriticalTable {
    public var header: [String] {
        ["method", "setting"] + CriticalRate.allCases.flatMap { ["\($0.rawValue)", "over seeds", "over samples"] }
            + ["recall − CE", "noise", "CE + bias at its accuracy", "seeds"]
    }

    /// A row for each method, a cell for each column.
    public var cells: [[String]] {
        rows.map { row in
            var cells = [row.method.rawValue, row.settingText]
            for rate in CriticalRate.allCases {
                let figure = row.figure(rate)
                cells.append(figure.map { String(format: "%.2f", $0.mean * 100) } ?? "–")
                cells += [Self.text(figure?.overSeeds), Self.text(figure?.overItems)]
            }
            cells.append(row.recallGain.map { String(format: "%+.2f", $0.value * 100) } ?? "–")
            cells.append(row.recallGain.map { $0.isOutsideNoise ? "outside" : "inside" } ?? "–")
            cells.append(
                row.shifted.map { String(format: "%.2f (%.2f)", $0.recall * 100, $0.accuracy * 100) } ?? "–")
            return cells + ["\(row.seeds.count)"]
        }
    }

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
