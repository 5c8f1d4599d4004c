import Foundation

/// A file that remembers which private models were made from which data: one JSON object a line.
///
/// It knows of what was released with it. Whoever releases from the same people elsewhere, or from a changed copy of
/// their table, must add that up themselves.
public struct ReleaseLedger: Sendable {
    public let path: String

    struct Line: Codable {
        let data: String
        let entry: PrivacySpent.Entry
    }

    public init(path: String) {
        self.path = path
    }

    /// What was released from the data of this fingerprint.
    ///
    /// - Throws: ``AuditError`` for a line that cannot be read, since a release it may speak of must not be forgotten.
    public func entries(data fingerprint: String) throws -> [PrivacySpent.Entry] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.split(separator: "\n").enumerated().compactMap { number, line in
            guard let line = try? JSONDecoder().decode(Line.self, from: Data(line.utf8)), line.entry.isSound else {
                throw AuditError(
                    "\(path), line \(number + 1) is no record of a release; mend or remove it before releasing more")
            }
            return line.data == fingerprint ? line.entry : nil
        }
    }

    /// Adds a release, and sees it on the disk. To be called before the model is written, so that no release goes
    /// unrecorded; a line is added at once, behind those of other processes.
    ///
    /// - Throws: ``AuditError`` where the file cannot be written.
    public func record(_ entry: PrivacySpent.Entry, data fingerprint: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let line = try encoder.encode(Line(data: fingerprint, entry: entry)) + Data("\n".utf8)
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        defer { if descriptor >= 0 { close(descriptor) } }
        let written = descriptor >= 0 ? line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } : -1
        guard written == line.count, fsync(descriptor) == 0 else {
            throw AuditError("\(path) cannot be written: \(String(cString: strerror(errno))); nothing is released")
        }
    }

    /// A number that tells one file's bytes from another's (FNV-1a, 64 bits); not a secret, and no proof of anything.
    public static func fingerprint(of path: String) throws -> String {
        let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        data.withUnsafeBytes { bytes in
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return String(hash, radix: 16)
    }
}
