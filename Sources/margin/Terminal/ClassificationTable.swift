import Experiments
import Foundation
import Verification

/// A classifier's figures as tables of text, with their footnotes.
struct ClassificationTable {
    let comparison: ComparedClassification
    /// Classes that are listed, the lowest recalls first.
    private static let listed = 15

    init(_ comparison: ComparedClassification) {
        self.comparison = comparison
    }

    var text: String {
        var parts: [String] = []
        for run in comparison.runs {
            for set in run.sets {
                parts += [
                    "\(run.name), \(set.set): \(set.report.sampleCount) pictures", figures(set.report), "",
                    classes(set.report), "",
                ]
            }
        }
        if !comparison.differences.isEmpty { parts += [differences, ""] }
        return (parts + footnotes).joined(separator: "\n")
    }

    private func figures(_ report: ClassificationReport) -> String {
        var table = TextTable(["figure", "value", "95 % interval"])
        for figure in report.figures {
            func text(_ value: Double) -> String {
                StudyMetric.isShare(figure.name)
                    ? String(format: "%.2f %%", value * 100) : String(format: "%.4f", value)
            }
            table.add([
                figure.name, text(figure.value),
                figure.interval.map { "[\(text($0.lower)), \(text($0.upper))]" } ?? "–",
            ])
        }
        return table.text
    }

    private func classes(_ report: ClassificationReport) -> String {
        let order = report.lowestRecallFirst
        var table = TextTable(["class", "pictures", "recall", "precision", "F1", "most often taken for"])
        for row in order.prefix(Self.listed).map({ report.classes[$0] }) {
            table.add([
                row.name, "\(row.sampleCount)", cell(row.recall), cell(row.precision), cell(row.f1Score),
                row.mostTakenFor.map { "\($0.name) (\($0.count))" } ?? "–",
            ])
        }
        let rest = order.count - min(order.count, Self.listed)
        return table.text + (rest > 0 ? "\n\(rest) more with higher recall; --json has them all." : "")
    }

    private func cell(_ figure: ScoreReport.Figure) -> String {
        let value = String(format: "%.1f", figure.value * 100) + (figure.isSupported ? "" : " !")
        return figure.interval.map { String(format: "\(value) [%.1f, %.1f]", $0.lower * 100, $0.upper * 100) } ?? value
    }

    private var differences: String {
        var table = TextTable(["difference", "set", "value", "95 % interval"])
        for row in comparison.differences {
            table.add([
                row.name, row.set, String(format: "%+.4f", row.value),
                String(format: "[%+.4f, %+.4f]", row.interval.lower, row.interval.upper) + (row.isShown ? " *" : ""),
            ])
        }
        return table.text
    }

    private var footnotes: [String] {
        let reports = comparison.runs.flatMap(\.sets).map(\.report)
        var notes = Set(reports.compactMap(\.method)).sorted().map { "Rates of classes in percent. Intervals: \($0)." }
        notes += Set(reports.flatMap(\.caveats)).sorted().map { "\($0.prefix(1).uppercased())\($0.dropFirst())." }
        if reports.contains(where: { $0.classes.contains { !$0.recall.isSupported || !$0.precision.isSupported } }) {
            notes.append("! No picture of the class, or none decided for it: the figure is not supported.")
        }
        guard comparison.runs.count == 2 else { return notes }
        let names = comparison.runs.map(\.name)
        let shown = comparison.differences.filter(\.isShown)
        if comparison.classesNotCompared > 0 {
            notes.append(
                "Recalls are compared for the first classes alone, \(comparison.classesNotCompared) are left out: every draw "
                    + "has pictures of all that are compared.")
        }
        return notes + [
            shown.isEmpty
                ? "No difference shown: every interval of \(names[0]) − \(names[1]) includes 0."
                : "* Outside the noise of these pictures: \(names[0]) − \(names[1])."
        ]
    }
}
