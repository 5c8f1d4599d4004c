/// Columns of text, the first to the left, the others to the right.
struct TextTable {
    private var rows: [[String]]
    private let header: [String]

    init(_ header: [String]) {
        self.header = header
        rows = []
    }

    mutating func add(_ row: [String]) {
        precondition(row.count == header.count, "one cell per column")
        rows.append(row)
    }

    var text: String {
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        func line(_ row: [String]) -> String {
            let cells = row.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + space : space + row[column]
            }
            return cells.joined(separator: "  ").trimmingTrailingSpaces()
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        return ([line(header), rule] + rows.map(line)).joined(separator: "\n")
    }

    /// The same in Markdown.
    ///
    /// - Parameter words: how many of the first columns stand to the left.
    func markdown(words: Int = 1) -> String {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        let rule = header.indices.map { $0 < words ? "---" : "--:" }
        return ([header, rule] + rows).map(line).joined(separator: "\n")
    }
}

extension String {
    fileprivate func trimmingTrailingSpaces() -> String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}
