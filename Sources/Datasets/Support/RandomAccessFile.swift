import Foundation

/// A file held open, from which any thread reads any stretch.
final class RandomAccessFile: Sendable {
    let path: String
    let size: Int
    private let descriptor: Int32

    /// - Throws: ``DataError`` with the system's reason, or where the path is a folder.
    init(path: String) throws {
        guard !isFolder(path) else { throw DataError(path: path, message: "is a folder: a file was expected") }
        descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw DataError(path: path, message: "cannot be opened: \(systemMessage())") }
        self.path = path
        size = Int(lseek(descriptor, 0, SEEK_END))
    }

    deinit {
        close(descriptor)
    }

    /// The bytes from `offset` on, fewer than `count` where the file ends before.
    ///
    /// A count or offset that a damaged file names costs no more memory than the file is long.
    func prefix(_ count: Int, at offset: Int) throws -> [UInt8] {
        guard offset >= 0, offset < size, count > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: min(count, size - offset))
        var filled = 0
        while filled < bytes.count {
            let wanted = bytes.count - filled
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + filled }, wanted, off_t(offset + filled))
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw DataError(path: path, message: "cannot be read: \(systemMessage())") }
            if got == 0 { return Array(bytes[..<filled]) }
            filled += got
        }
        return bytes
    }

    /// Exactly `count` bytes from `offset` on.
    ///
    /// - Throws: ``DataError`` that names the stretch where the file ends before.
    func bytes(_ count: Int, at offset: Int) throws -> [UInt8] {
        let bytes = try prefix(count, at: offset)
        guard bytes.count == count else {
            throw DataError(
                path: path, message: "ends at byte \(size), within the \(count) bytes that begin at byte \(offset)")
        }
        return bytes
    }
}
