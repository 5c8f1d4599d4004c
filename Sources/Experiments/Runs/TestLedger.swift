import Foundation

/// `ledger.jsonl` in a run folder: every look at test data, one JSON object per line.
///
/// The more often test data are looked at, the less a good number on them means. The file stays when a run is
/// started anew.
public struct TestLedger: Sendable {
    /// One look.
    public struct Look: Codable, Sendable {
        /// The test data.
        public let data: String
        /// When, in ISO 8601.
        public let date: String
        /// What was measured, and with which settings.
        public let settings: [String: String]
        /// Which look at these data it was, from 1.
        public let number: Int
    }

    private let path: String

    public init(run folder: String) {
        path = URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent("ledger.jsonl").relativePath
    }

    /// The ledger of the run folder that a file lies in: the nearest folder above with a `recipe.yaml`.
    public init?(around file: String) {
        var folder = URL(fileURLWithPath: file).standardizedFileURL.deletingLastPathComponent()
        while folder.path != "/" {
            if FileManager.default.fileExists(atPath: folder.appendingPathComponent("recipe.yaml").path) {
                self.init(run: folder.path)
                return
            }
            folder.deleteLastPathComponent()
        }
        return nil
    }

    /// All looks so far, in order. A line that breaks off, which a process left that was killed, is none.
    ///
    /// - Throws: ``RunFolderError`` when a line is no look.
    public func looks() throws -> [Look] {
        guard let contents = FileManager.default.contents(atPath: path) else { return [] }
        return try contents.split(separator: UInt8(ascii: "\n")).enumerated().compactMap { place, line in
            guard line.last == UInt8(ascii: "}") else { return nil }
            do {
                return try JSONDecoder().decode(Look.self, from: line)
            } catch {
                throw RunFolderError(
                    path: path, message: "line \(place + 1) is no entry of a ledger; take the line out to go on")
            }
        }
    }

    /// Writes a look down, before its result is shown.
    ///
    /// - Returns: the look with its number.
    /// - Throws: ``RunFolderError`` when it cannot be written.
    @discardableResult
    public func record(data: String, settings: [String: String], date: Date = Date()) throws -> Look {
        let number = try looks().count { $0.data == data } + 1
        let look = Look(
            data: data, date: ISO8601DateFormatter().string(from: date), settings: settings, number: number)
        try RunLog(path: path).write("look", look)
        return look
    }
}

extension TestLedger.Look {
    /// The look in words, for the output.
    public var sentence: String {
        "This is look \(number) at \(data)\(number > 1 ? "; choices made after earlier looks flatter the numbers" : "")."
    }
}
