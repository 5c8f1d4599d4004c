/// A split as it is committed beside a recipe: a CSV file `label,split`, one line for each identity.
///
/// An empty split leaves the identity out on purpose.
public struct SplitFile: Sendable, Hashable {
    /// Where the file lies, for messages.
    public let path: String
    /// The set of each identity; nil where it is left out.
    public let sets: [String: String?]

    /// - Throws: ``DataError`` with file and line.
    public init(path: String) throws {
        try self.init(path: path, content: readFile(path))
    }

    init(path: String, content: [UInt8]) throws {
        let rows = try CommaSeparatedRows.rows(of: content, path: path)
        guard let header = rows.first, header.cells == ["label", "split"] else {
            throw DataError(
                path: path, line: 1,
                message: "its first line must read label,split and reads "
                    + "'\(rows.first?.cells.joined(separator: ",") ?? "")'")
        }
        var sets: [String: String?] = [:]
        for row in rows.dropFirst() {
            guard row.cells.count == 2, !row.cells[0].isEmpty else {
                throw DataError(path: path, line: row.line, message: "a line is a label, a comma and a split")
            }
            let set = row.cells[1].isEmpty ? nil : row.cells[1]
            guard sets.updateValue(set, forKey: row.cells[0]) == nil else {
                throw DataError(path: path, line: row.line, message: "the label '\(row.cells[0])' occurs twice")
            }
        }
        self.path = path
        self.sets = sets
    }

    /// The text of the file for a split whose identities are disjoint, labels in natural order.
    ///
    /// - Precondition: no label is in two sets.
    public static func text(of split: Split, items: [Item]) -> String {
        var sets: [String: String] = [:]
        for index in split.unassigned { sets[items[index].label] = "" }
        for part in split.parts {
            for index in part.indices {
                let previous = sets.updateValue(part.name, forKey: items[index].label)
                precondition(previous == nil || previous == part.name, "a split file has one set for each label")
            }
        }
        let lines = sets.keys.sorted(by: precedesNaturally).map { label in
            "\(commaSeparatedCell(label)),\(commaSeparatedCell(sets[label, default: ""]))\n"
        }
        return "label,split\n" + lines.joined()
    }
}
