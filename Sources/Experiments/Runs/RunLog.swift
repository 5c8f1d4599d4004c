import Foundation

/// `log.jsonl`: one JSON object per line, written as things happen.
final class RunLog {
    private let path: String
    private let descriptor: Int32
    private let encoder = JSONEncoder()

    /// Opens the log to go on at its end.
    ///
    /// - Throws: ``RunFolderError`` when it cannot be written.
    init(path: String) throws {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard descriptor >= 0 else { throw refusal }
        // A process that was killed, or a full disk, may have left half a line.
        var last: UInt8 = 0
        let size = lseek(descriptor, 0, SEEK_END)
        if size > 0, pread(descriptor, &last, 1, size - 1) == 1, last != UInt8(ascii: "\n") { try append([0x0A]) }
    }

    /// Adds one line `{"event": kind, …}`.
    ///
    /// - Throws: ``RunFolderError`` when the disk refuses.
    func write(_ kind: String, _ value: some Encodable) throws {
        try append([UInt8](encoder.encode(Entry(event: kind, value: value))) + [0x0A])
    }

    private func append(_ line: [UInt8]) throws {
        var written = 0
        while written < line.count {
            let count = line[written...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw refusal }
            written += count
        }
    }

    private var refusal: RunFolderError {
        RunFolderError(refusal: "cannot be written: \(String(cString: strerror(errno)))", of: path)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
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
