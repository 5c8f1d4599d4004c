import Foundation

/// `log.jsonl`: one JSON object per line, written as things happen.
final class RunLog {
    private let handle: FileHandle
    private let encoder = JSONEncoder()

    /// Opens the log to go on at its end.
    init(path: String) throws {
        if !FileManager.default.fileExists(atPath: path), !FileManager.default.createFile(atPath: path, contents: nil) {
            throw RunFolderError(path: path, message: "cannot be written")
        }
        handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seekToEnd()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// Adds one line `{"event": kind, …}`.
    func write(_ kind: String, _ value: some Encodable) throws {
        var line = try encoder.encode(Entry(event: kind, value: value))
        line.append(0x0A)
        try handle.write(contentsOf: line)
    }

    deinit {
        try? handle.close()
    }

    /// The value's own keys beside the event's name.
    private struct Entry<Value: Encodable>: Encodable {
        let event: String
        let value: Value

        private enum Keys: String, CodingKey { case event }

        func encode(to encoder: any Encoder) throws {
            try value.encode(to: encoder)
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(event, forKey: .event)
        }
    }
}
