import Experiments

/// The tables of a study of critical classes as text, or as Markdown for documents.
struct CriticalText {
    let tables: [CriticalTable]

    static func named(_ targets: [CriticalTarget]) -> String {
        "critical: " + targets.map { $0.name + ($0.role.map { " (\($0.rawValue))" } ?? "") }.joined(separator: ", ")
    }

    var text: String {
        tables.map { table in
            var text = TextTable(table.header)
            for row in table.cells { text.add(row) }
            return ([table.title, "", text.text, ""] + table.verdicts + [""] + table.notes).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    var markdown: String {
        tables.map { table in
            func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
            let rule = line(["---", "---"] + table.header.dropFirst(2).map { _ in "--:" })
            return
                (["**\(table.title)**", "", line(table.header), rule] + table.cells.map(line)
                + [""] + (table.verdicts + table.notes).map { "- \($0)" }).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}
