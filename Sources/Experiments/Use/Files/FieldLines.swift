import Datasets
import Foundation

/// A small text file of fields, such as a list of labels: parted by commas where a line has any, with quotation marks as in
/// any CSV file, else by blanks. Empty lines and those that begin with # are passed over.
struct FieldLines {
    let path: String
    let lines: [(number: Int, fields: [String])]

    /// - Throws: ``/Datasets/DataError`` where there is no such file, or nothing in it.
    init(_ path: String) throws {
        var lines: [(number: Int, fields: [String])] = []
        for (place, line) in try Self.wholeLines(of: path).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            lines.append((place + 1, try Self.fields(of: line, path: path, number: place + 1)))
        }
        guard !lines.isEmpty else { throw DataError(path: path, message: "is empty") }
        self.path = path
        self.lines = lines
    }

    /// Every line as it is, without what ends it.
    ///
    /// - Throws: ``/Datasets/DataError`` where there is no such file.
    static func wholeLines(of path: String) throws -> [String] {
        guard let contents = FileManager.default.contents(atPath: path) else {
            throw DataError(path: path, message: "there is no such file")
        }
        guard var text = String(data: contents, encoding: .utf8) else {
            throw DataError(path: path, message: "is not a text in UTF-8")
        }
        if text.first == "\u{FEFF}" { text.removeFirst() }
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    private static func fields(of line: String, path: String, number: Int) throws -> [String] {
        guard line.contains(",") || line.hasPrefix("\"") else {
            return line.split { $0 == " " || $0 == "\t" }.map(String.init)
        }
        do {
            let cells = try CommaSeparatedRows.rows(of: [UInt8](line.utf8), path: path).first?.cells ?? []
            return cells.map { $0.trimmingCharacters(in: .whitespaces) }
        } catch let error as DataError {
            throw DataError(path: path, line: number, message: error.message)
        }
    }

    /// The lines as columns in the order of `names`: found by name where the first line has them all, else the first
    /// columns of the file.
    ///
    /// - Throws: ``/Datasets/DataError`` for a line with too few fields.
    func columns(_ names: [String]) throws -> [(number: Int, fields: [String])] {
        let header = lines[0].fields.map { $0.lowercased() }
        let found = names.compactMap { header.firstIndex(of: $0) }
        let isNamed = found.count == names.count
        let places = isNamed ? found : Array(names.indices)
        return try lines.dropFirst(isNamed ? 1 : 0).map { number, fields in
            guard let last = places.max(), last < fields.count else {
                throw DataError(
                    path: path, line: number,
                    message: "has \(fields.count) fields; each line has \(names.joined(separator: ", "))")
            }
            return (number, places.map { fields[$0] })
        }
    }
}
