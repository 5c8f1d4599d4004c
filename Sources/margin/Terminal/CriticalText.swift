import Experiments

/// The tables of a study of critical classes as text, or as Markdown for documents.
struct CriticalText {
    let tables: [CriticalTable]

    static func named(_ targets: [CriticalTarget]) -> String {
        "critical: " + targets.map { $0.name + ($0.role.map { " (\($0.rawValue))" } ?? "") }.joined(separator: ", ")
    }

    var text: String {
        tables.map { table in
            ([table.title, "", text(of: table).text, ""] + table.verdicts + [""] + table.notes).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    var markdown: String {
        tables.map { table in
            (["**\(table.title)**", "", text(of: table).markdown(words: 2), ""]
                + (table.verdicts + table.notes).map { "- \($0)" }).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private func text(of table: CriticalTable) -> TextTable {
        var text = TextTable(table.header)
        for row in table.cells { text.add(row) }
        return text
    }
}
