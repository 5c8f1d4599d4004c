import Experiments
import Foundation

/// The tables of a study as text, or as Markdown for documents.
struct ComparisonText {
    let tables: [ComparisonTable]

    var text: String {
        tables.map { table in
            ([table.title, "", text(of: table).text, ""] + notes(table) + table.verdicts).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    var markdown: String {
        tables.map { table in
            (["**\(table.title)**", "", text(of: table).markdown(), ""]
                + (notes(table) + table.verdicts).map { "- \($0)" }).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private func text(of table: ComparisonTable) -> TextTable {
        var text = TextTable(header(table))
        for row in table.rows { text.add(cells(row, table)) }
        return text
    }

    private func header(_ table: ComparisonTable) -> [String] {
        let differences = isComparison(table) ? ["\(table.metric) − \(table.reference)", "noise"] : []
        return ["system"] + table.metrics + differences + ["seeds", "broke down"]
    }

    /// One system alone has nothing to differ from.
    private func isComparison(_ table: ComparisonTable) -> Bool { table.rows.count > 1 }

    private func difference(_ row: ComparisonTable.Row, _ metric: String) -> [String] {
        guard let found = row.difference else { return ["–", "–"] }
        func text(_ value: Double) -> String { StudyMetric.text(value, of: metric, isSigned: true) }
        return [
            "\(text(found.value)) [\(text(found.lower)), \(text(found.upper))]",
            found.isOutsideNoise ? "outside" : "inside",
        ]
    }

    private func cells(_ row: ComparisonTable.Row, _ table: ComparisonTable) -> [String] {
        let figures = table.metrics.map { metric in
            row.figures.first { $0.metric == metric }.map { figure in
                func text(_ value: Double) -> String { StudyMetric.text(value, of: metric) }
                return row.seeds.count > 1
                    ? "\(text(figure.mean)) [\(text(figure.lowest)), \(text(figure.highest))]" : text(figure.mean)
            } ?? "–"
        }
        return [row.system] + figures + (isComparison(table) ? difference(row, table.metric) : [])
            + ["\(row.seeds.count)", row.collapses.isEmpty ? "0" : "\(row.collapses.count) of \(row.runCount)"]
    }

    private func notes(_ table: ComparisonTable) -> [String] {
        let seeds = "In percent (angles in degrees): the mean over seeds, in brackets the lowest and the highest seed."
        let method = table.method.map { "Differences with their corrected intervals: \($0)." }
        return [seeds] + (method.map { [$0] } ?? []) + table.collapseNotes
    }
}
