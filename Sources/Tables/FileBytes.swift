import CZlib
import Foundation

/// A file's bytes: mapped, or unpacked into memory where gzip packed them.
final class FileBytes: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    private let isMapped: Bool

    /// - Throws: ``TableError`` if the file cannot be read.
    init(path: String) throws(TableError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw TableError(file: path, reason: "cannot be opened: \(Self.systemReason)") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw TableError(file: path, reason: "is not a regular file")
        }
        let count = Int(status.st_size)
        guard count > 0 else { throw TableError(file: path, reason: "is empty") }
        guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw TableError(file: path, reason: "cannot be mapped: \(Self.systemReason)")
        }
        let mapped = UnsafeRawBufferPointer(start: start, count: count)
        guard count > 2, mapped[0] == 0x1F, mapped[1] == 0x8B else {
            (bytes, isMapped) = (mapped, true)
            return
        }
        munmap(start, count)
        (bytes, isMapped) = (try Self.unpacked(path), false)
    }

    deinit {
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
        } else {
            free(UnsafeMutableRawPointer(mutating: bytes.baseAddress))
        }
    }

    private static func unpacked(_ path: String) throws(TableError) -> UnsafeRawBufferPointer {
        guard let file = gzopen(path, "rb") else { throw TableError(file: path, reason: "cannot be opened") }
        defer { gzclose(file) }
        var (count, capacity) = (0, 1 << 20)
        var memory = malloc(capacity)
        while let start = memory {
            let read = gzread(file, start + count, UInt32(min(capacity - count, 1 << 30)))
            guard read >= 0 else {
                free(memory)
                throw TableError(file: path, reason: "is not a whole gzip file")
            }
            count += Int(read)
            if read == 0 {
                var code: Int32 = 0
                _ = gzerror(file, &code)
                guard code == Z_OK || code == Z_STREAM_END else {
                    free(memory)
                    throw TableError(file: path, reason: "is not a whole gzip file")
                }
                return UnsafeRawBufferPointer(start: start, count: count)
            }
            if count == capacity {
                capacity *= 2
                memory = realloc(start, capacity)
            }
        }
        throw TableError(file: path, reason: "does not fit into memory unpacked")
    }

    private static var systemReason: String { String(cString: strerror(errno)) }
}
