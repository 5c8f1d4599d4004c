import Foundation

/// A safetensors file: named tensors and a few strings beside them.
///
/// ```swift
/// try Safetensors.save(network.tensors, metadata: ["recipe": text], to: file)
/// try network.load(Safetensors.load(file).tensors)
/// ```
///
/// The format is described at <https://huggingface.co/docs/safetensors>: eight bytes (the header's
/// length, little endian), a JSON object, then the elements of all tensors without gaps.
public struct Safetensors: Sendable {
    public let tensors: [String: Tensor]
    /// The tensors' names, in the order of their elements in the file.
    public let names: [String]
    public let metadata: [String: String]
    private let file: MappedFile

    /// Gives back the memory of what was read so far, which comes from the disk again when it is used again.
    ///
    /// - Precondition: no tensor of the file has been written to.
    public func releasePages() { file.releasePages() }
}

extension Safetensors {
    /// Opens a file. Elements are not read but mapped: they come from the disk when they are used, and
    /// tensors share them with the file until they are written to, which never changes the file. (A
    /// tensor whose place in the file is not aligned for its type is copied.)
    ///
    /// - Throws: ``TensorFileError`` when the file cannot be opened, is not a safetensors file, holds a
    ///   type other than F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL, or contradicts itself.
    public static func load(_ url: URL) throws -> Safetensors {
        let file = try MappedFile(url)
        let header = try Header(UnsafeRawBufferPointer(file.bytes), file: file.path)
        var tensors: [String: Tensor] = [:]
        for entry in header.entries {
            tensors[entry.name] = try file.tensor(
                named: entry.name, at: entry.bytes.lowerBound, shape: entry.shape, scalarType: entry.scalarType)
        }
        return Safetensors(tensors: tensors, names: header.entries.map(\.name), metadata: header.metadata, file: file)
    }

    /// What a file holds, without touching its elements.
    ///
    /// - Throws: as ``load(_:)`` does.
    public static func inspect(_ url: URL) throws -> Header {
        let file = try MappedFile(url)
        return try withExtendedLifetime(file) {
            try Header(UnsafeRawBufferPointer(file.bytes), file: file.path)
        }
    }
}
