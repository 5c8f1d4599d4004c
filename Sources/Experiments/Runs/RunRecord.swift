import Datasets
import Foundation

/// `run.json`: what it takes to do a run again, beside its recipe: data, first weights, and in what surroundings
/// each part of it was done. What the data consist of is beside it in `data.json`.
struct RunRecord: Codable, Equatable, Sendable {
    var data: DataSummary
    /// Where the recipe names a file of weights to begin with.
    var initialWeights: FileRecord?
    var sessions: [Session] = []

    struct DataSummary: Codable, Equatable, Sendable {
        let path: String
        let samples: Int
        let fingerprint: String
    }

    /// A file, recognised wherever it lies.
    struct FileRecord: Codable, Equatable, Sendable {
        let path: String
        let sha256: String
    }

    /// The run from one start of the process to its end.
    struct Session: Codable, Equatable, Sendable {
        let began: Date
        /// Steps done before it.
        let step: Int
        let surroundings: Surroundings
    }
}

extension RunFolder {
    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }

    private func encoded(_ value: some Encodable, isPretty: Bool) throws -> Data {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return try encoder.encode(value)
    }

    /// What an earlier session wrote; `nil` where there was none.
    private func read<Value: Decodable>(_ type: Value.Type, from file: String) throws -> Value? {
        guard let data = FileManager.default.contents(atPath: file) else { return nil }
        do {
            return try Self.decoder.decode(type, from: data)
        } catch {
            throw RunFolderError(path: file, message: "cannot be understood; begin anew, or bring back the file")
        }
    }

    func readRecord() throws -> RunRecord? { try read(RunRecord.self, from: record) }

    /// Writes both files.
    func write(_ record: RunRecord, _ fingerprint: DataFingerprint) throws {
        try writeAtomically(encoded(record, isPretty: true), to: self.record, isDuringRun: true)
        try writeAtomically(encoded(fingerprint, isPretty: false), to: data, isDuringRun: true)
    }

    /// Refuses to go on with other data, or from other first weights.
    ///
    /// - Throws: ``RunFolderError`` that says what differs.
    func checkSame(_ fingerprint: DataFingerprint, initialWeights: RunRecord.FileRecord?) throws {
        if let earlier = try read(DataFingerprint.self, from: data), earlier != fingerprint {
            let differences = fingerprint.differences(from: earlier)
            let more = differences.count > 5 ? ["and \(differences.count - 5) more"] : []
            throw RunFolderError(
                path: path,
                message: "was begun with other data: \((differences.prefix(5) + more).joined(separator: "; ")). "
                    + "Bring back the data it was begun with, or begin a run of another name with --set name=…")
        }
        if let earlier = try readRecord()?.initialWeights, let initialWeights, earlier.sha256 != initialWeights.sha256 {
            throw RunFolderError(
                path: path,
                message:
                    "was begun with other weights: \(initialWeights.path) has the SHA-256 \(initialWeights.sha256) "
                    + "where \(earlier.path) had \(earlier.sha256). Bring back that file, or begin a run of another "
                    + "name with --set name=…")
        }
    }
}
