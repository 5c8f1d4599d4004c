import Experiments
import Foundation
import Verification

/// What a score file tells, as a table of text with its footnotes.
struct ScoreTable {
    let metrics: ScoreMetrics
    let showsAll: Bool

    init(_ metrics: ScoreMetrics, showsAll: Bool) {
        self.metrics = metrics
        self.showsAll = showsAll
    }

    var text: String {
        let report = metrics.report
        let stated = report.isPolarityStated ? "as stated" : "by custom"
        var lines = [
            "\(report.file): \(report.layout), \(report.genuineCount) genuine, \(report.impostorCount) "
                + "\(report.impostorKind.rawValue), \(report.polarity.rawValue) is genuine (\(stated))",
            "", table, "",
        ]
        if let method = report.method { lines.append("95 % intervals: \(method).") }
        if report.figures.contains(where: { !$0.isSupported }) {
            lines.append(unsupportedRateNote)
        }
        lines += report.warnings.map { "Note: \($0)." }
        if let groups = metrics.groups { lines += ["", GroupTable(groups).text] }
        if let look = metrics.look { lines.append(look.sentence) }
        return lines.joined(separator: "\n")
    }

    private var table: String {
        var table = TextTable(["metric", "value", "interval"])
        for figure in metrics.report.figures where showsAll || figure.isMain {
            let interval = figure.interval.map { String(format: "[%.5g, %.5g]", $0.lower, $0.upper) } ?? ""
            table.add([
                figure.name, String(format: "%.5g", figure.value) + (figure.isSupported ? "" : " !"), interval,
            ])
        }
        return table.text
    }
}
