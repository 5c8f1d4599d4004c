import Experiments
import Foundation
import Verification

/// The errors of each group, as a table of text.
struct GroupTable {
    let metrics: GroupMetrics

    init(_ metrics: GroupMetrics) {
        self.metrics = metrics
    }

    var text: String {
        var table = TextTable(["group", "FMR", "interval", "impostor", "FNMR", "interval", "genuine"])
        for group in metrics.groups {
            table.add([
                group.name, rate(group.falseMatchRate), interval(group.falseMatchInterval), "\(group.impostorCount)",
                rate(group.falseNonMatchRate), interval(group.falseNonMatchInterval), "\(group.genuineCount)",
            ])
        }
        var lines = [
            "FMR[both sides] and FNMR of each group at the threshold \(Format.number(metrics.threshold)) "
                + "(\(metrics.thresholdSource)):", table.text,
        ]
        if metrics.crossGroupCount > 0 {
            lines.append("\(metrics.crossGroupCount) trials between two groups are left out.")
        }
        if let method = metrics.method { lines.append("95 % intervals: \(method).") }
        return lines.joined(separator: "\n")
    }

    private func rate(_ value: NamedValue?) -> String { value.map { String(format: "%.4g", $0.value) } ?? "–" }

    private func interval(_ interval: Interval?) -> String {
        interval.map { String(format: "[%.4g, %.4g]", $0.lower, $0.upper) } ?? ""
    }
}
