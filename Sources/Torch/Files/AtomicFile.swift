import Foundation

/// Files that are there whole or not at all.
///
/// The new content is written beside the old under a hidden name, brought to the disk, and renamed
/// over it. Whatever interrupts this, a reader finds the old file or the new one.
public enum AtomicFile {
    /// Makes what `body` appends the content of a file, which need not exist yet.
    ///
    /// - Throws: what `body` throws, and ``TensorFileError`` when the system refuses. The old file, if
    ///   there was one, is then as it was, and nothing is left beside it.
    public static func replace(_ url: URL, with body: (Writer) throws -> Void) throws {
        precondition(url.isFileURL, "\(url) is not a file")
        let target = url.resolvingSymlinksInPath()
        let folder = target.deletingLastPathComponent().path
        let draft = "\(folder)/\(draftPrefix)\(UUID().uuidString)"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw refusal(url) }
        do {
            defer { close(descriptor) }
            try body(Writer(descriptor: descriptor, url: url))
            guard fsync(descriptor) == 0 else { throw refusal(url) }
            guard rename(draft, target.path) == 0 else { throw refusal(url) }
        } catch {
            unlink(draft)
            throw error
        }
        synchronize(folder: folder)
    }

    private static let draftPrefix = ".partial-"

    /// Removes what writers left in a folder that were killed in the middle of their work.
    ///
    /// Only for a folder in which nobody is writing.
    public static func removeDrafts(in folder: URL) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasPrefix(draftPrefix) { unlink("\(folder.path)/\(name)") }
    }

    public struct Writer {
        fileprivate let descriptor: Int32
        fileprivate let url: URL

        public func append(_ bytes: UnsafeRawBufferPointer) throws {
            var rest = bytes[...]
            while !rest.isEmpty {
                // Some systems refuse to write 2 GiB at once.
                let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
                let written = write(descriptor, piece.baseAddress, piece.count)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { throw refusal(url) }
                rest = rest.dropFirst(written)
            }
        }

        public func append(_ data: Data) throws {
            try data.withUnsafeBytes(append)
        }
    }

    private static func refusal(_ url: URL) -> TensorFileError {
        TensorFileError(file: url.path, reason: "cannot be written: \(systemErrorMessage())")
    }

    /// Makes the renaming itself lasting, where the file system can.
    private static func synchronize(folder: String) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
