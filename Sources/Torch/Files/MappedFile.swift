import Foundation

/// A file's bytes as memory. Pages are read when touched; what is written to them stays in this
/// process (`MAP_PRIVATE`).
///
/// A file that another program shortens while it is mapped ends this process with SIGBUS, as with
/// every mapping. Replacing it by renaming another over it, as ``AtomicFile`` does, is safe.
///
/// Nothing of it changes once it is made; who writes to the bytes is for the tensors' users to agree on.
final class MappedFile: @unchecked Sendable {
    let path: String
    let bytes: UnsafeMutableRawBufferPointer

    init(_ url: URL) throws {
        path = url.path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw TensorFileError(file: path, reason: "cannot be opened: \(systemErrorMessage())")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw TensorFileError(file: path, reason: "cannot be examined: \(systemErrorMessage())")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw TensorFileError(file: path, reason: "is not a regular file")
        }
        let count = Int(status.st_size)
        guard count > 0 else { throw TensorFileError(file: path, reason: "is empty") }
        // Without MAP_NORESERVE the kernel may refuse files larger than memory, as if all were to be changed.
        let start = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, descriptor, 0)
        guard let start, start != MAP_FAILED else {
            throw TensorFileError(file: path, reason: "cannot be mapped: \(systemErrorMessage())")
        }
        bytes = UnsafeMutableRawBufferPointer(start: start, count: count)
    }

    deinit {
        munmap(bytes.baseAddress, bytes.count)
    }

    /// Gives back the memory of the pages read so far.
    ///
    /// - Precondition: nothing has been written to them: that would be lost.
    func releasePages() {
        madvise(bytes.baseAddress, bytes.count, MADV_DONTNEED)
    }

    /// A tensor over the bytes from `offset` on, which keeps the mapping alive; a copy where they are
    /// not aligned for its type.
    ///
    /// - Precondition: the file has as many bytes as the tensor takes.
    func tensor(named name: String?, at offset: Int, shape: [Int], scalarType: ScalarType) throws -> Tensor {
        let count = shape.reduce(1, *)
        guard count > 0 else { return try Tensor.empty(shape, scalarType: scalarType) }
        let part = UnsafeMutableRawBufferPointer(rebasing: bytes[offset..<offset + count * scalarType.byteCount])
        guard let start = part.baseAddress else { preconditionFailure("a mapping has an address") }
        // Any other byte in a truth value is undefined behaviour, here and in libtorch.
        if scalarType == .bool, let place = part.firstIndex(where: { $0 > 1 }) {
            throw TensorFileError(
                file: path, tensor: name,
                reason: "element \(place) is \(part[place]); a truth value must be 0 or 1")
        }
        guard UInt(bitPattern: start).isMultiple(of: UInt(scalarType.byteCount)) else {
            let copy = try Tensor.empty(shape, scalarType: scalarType)
            copy.withMemory { $0.copyMemory(from: UnsafeRawBufferPointer(part)) }
            return copy
        }
        return try Tensor(memory: start, shape: shape, scalarType: scalarType, owner: self)
    }
}

/// What the last failed system call says of it.
func systemErrorMessage() -> String { String(cString: strerror(errno)) }
