import Datasets
import Foundation

/// `Results/<study>.csv`: every figure of every finished run of a study, one per line.
///
/// The file is written anew and put in place at once, so that a reader, and a crash, find it whole.
public struct StudyFile: Sendable {
    public let path: String

    public init(path: String) {
        self.path = path
    }

    public init(results: String, study: String) {
        path = URL(fileURLWithPath: results, isDirectory: true).appendingPathComponent("\(study).csv").relativePath
    }

    /// Everything in it; nothing where there is no file.
    ///
    /// - Throws: ``/Datasets/DataError`` that names the line.
    public func rows() throws -> [StudyRow] {
        guard let data = try contentsIfAny(ofFile: path) else { return [] }
        let lines = try CommaSeparatedRows.rows(of: [UInt8](data), path: path)
        guard let header = lines.first else { return [] }
        if let missing = StudyRow.columns.first(where: { !header.cells.contains($0) }) {
            throw DataError(
                path: path, line: header.line,
                message: "has no column “\(missing)”, so that it is no study that can be gone on with; "
                    + "name another study with --study")
        }
        return try lines.dropFirst().map { try row($0, header.cells) }
    }

    private func row(_ line: CommaSeparatedRows.Row, _ names: [String]) throws -> StudyRow {
        func failure(_ message: String) -> DataError { DataError(path: path, line: line.line, message: message) }
        guard line.cells.count == names.count else {
            throw failure("has \(line.cells.count) cells where the header has \(names.count)")
        }
        let cells = Dictionary(zip(names, line.cells), uniquingKeysWith: { first, _ in first })
        func cell(_ name: String) -> String { cells[name] ?? "" }
        guard let value = Double(cell("value")), value.isFinite else {
            throw failure("value is “\(cell("value"))”, which is no number")
        }
        guard let seed = Int(cell("seed")) else { throw failure("seed is “\(cell("seed"))”, which is no whole number") }
        guard let stage = StudyRow.Stage(rawValue: cell("stage")) else {
            let known = StudyRow.Stage.allCases.map(\.rawValue).joined(separator: ", ")
            throw failure("stage is “\(cell("stage"))”, and is one of \(known)")
        }
        return StudyRow(
            study: cell("study"),
            run: .init(
                dataset: cell("dataset"), fold: cell("fold"), system: cell("system"), seed: seed, stage: stage,
                settings: cell("settings")),
            metric: cell("metric"), subset: cell("subset"), value: value, trials: Int(cell("trials")),
            fingerprint: cell("fingerprint"))
    }

    /// Adds the figures of one run.
    ///
    /// - Throws: ``RunFolderError`` when the disk refuses; the file is then as it was.
    func append(_ rows: [StudyRow]) throws {
        var text = try contentsIfAny(ofFile: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        if text.isEmpty { text = StudyRow.columns.joined(separator: ",") + "\n" }
        if !text.hasSuffix("\n") { text += "\n" }
        text += rows.map { $0.line + "\n" }.joined()
        try writeAtomically(text, to: path)
    }
}

/// What is in a file; `nil` where there is none.
///
/// - Throws: ``/Datasets/DataError`` where there is one that cannot be read, and must not be taken for empty.
func contentsIfAny(ofFile path: String) throws -> Data? {
    if let data = FileManager.default.contents(atPath: path) { return data }
    guard !FileManager.default.fileExists(atPath: path) else {
        throw DataError(path: path, message: "is there and cannot be read; is it somebody else's?")
    }
    return nil
}
