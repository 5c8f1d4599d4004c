import Datasets
import Foundation

/// A small text file of fields, such as a list of labels: parted by commas where a line has any, else by blanks.
/// Empty lines and those that begin with # are passed over.
struct FieldLines {
    let path: String
    let lines: [(number: Int, fields: [String])]

    /// - Throws: ``/Datasets/DataError`` where there is no such file, or nothing in it.
    init(_ path: String) throws {
        guard let contents = FileManager.default.contents(atPath: path) else {
            throw DataError(path: path, message: "there is no such file")
        }
        guard let text = String(data: contents, encoding: .utf8) else {
            throw DataError(path: path, message: "is not a text in UTF-8")
        }
        var lines: [(number: Int, fields: [String])] = []
        for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let fields =
                line.contains(",")
                ? line.split(separator: ",", omittingEmptySubsequences: false).map {
                    $0.trimmingCharacters(in: .whitespaces)
                } : line.split { $0 == " " || $0 == "\t" }.map(String.init)
            lines.append((place + 1, fields))
        }
        guard !lines.isEmpty else { throw DataError(path: path, message: "is empty") }
        self.path = path
        self.lines = lines
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
