import Foundation

/// Puts a file in place at once, so that a reader, and a crash, find it whole.
///
/// - Parameters:
///   - makesFolders: whether folders above it are made; for a place that somebody named they must be there.
///   - isDuringRun: whether a run is under way, which can go on once the disk has room.
/// - Throws: ``RunFolderError`` when the disk refuses; what was there is then as it was.
func writeAtomically(_ data: Data, to path: String, makesFolders: Bool = true, isDuringRun: Bool = false) throws {
    let file = URL(fileURLWithPath: path)
    do {
        if makesFolders {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        }
        try data.write(to: file, options: .atomic)
    } catch {
        let message = "cannot be written: \(error.localizedDescription)"
        throw isDuringRun ? RunFolderError(refusal: message, of: path) : RunFolderError(path: path, message: message)
    }
}

func writeAtomically(_ text: String, to path: String, makesFolders: Bool = true, isDuringRun: Bool = false) throws {
    try writeAtomically(Data(text.utf8), to: path, makesFolders: makesFolders, isDuringRun: isDuringRun)
}

extension JSONEncoder {
    /// For files that people read as well: a line per value, keys in order.
    static var legible: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
