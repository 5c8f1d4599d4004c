import Experiments
import Foundation
import Verification

/// An evaluation as a table of text, with its footnotes.
struct EvaluationTable {
    let comparison: ComparedEvaluation

    init(_ comparison: ComparedEvaluation) {
        self.comparison = comparison
    }

    var text: String {
        var parts = [table]
        for report in comparison.reports {
            if let accuracy = report.oneShot {
                parts.append("\(report.name): \(accuracy.name) \(Format.percent(accuracy.value))")
            }
        }
        return (parts + footnotes).joined(separator: "\n")
    }

    private var table: String {
        let names = comparison.reports.first?.rows.first?.estimates.map(\.name) ?? []
        var table = TextTable(["model", "set", "identities"] + names)
        for report in comparison.reports {
            for row in report.rows { table.add(cells(report.name, row)) }
        }
        for row in comparison.differences { table.add(cells("difference", row, signed: true)) }
        return table.text
    }

    private func cells(_ name: String, _ row: EvaluationReport.Row, signed: Bool = false) -> [String] {
        [name, row.place, "\(row.identityCount)"]
            + row.estimates.map { figure in
                let digits = signed ? "%+.2f [%+.2f, %+.2f]" : "%.2f [%.2f, %.2f]"
                let text = String(format: digits, figure.value * 100, figure.lower * 100, figure.upper * 100)
                return figure.isSupported ? text : text + " !"
            }
    }

    private var footnotes: [String] {
        let rows = comparison.reports.flatMap(\.rows)
        var notes = ["", "In percent, with 95 % intervals: \(rows.first?.method ?? "")."]
        if rows.contains(where: { $0.estimates.contains { !$0.isSupported } }) {
            notes.append(unsupportedRateNote)
        }
        for caveat in Set(rows.compactMap { row in row.caveat.map { "\(row.set): \($0)" } }).sorted() {
            notes.append("\(caveat.prefix(1).uppercased())\(caveat.dropFirst()), too few to speak for others.")
        }
        return notes + comparison.verdicts
    }
}
