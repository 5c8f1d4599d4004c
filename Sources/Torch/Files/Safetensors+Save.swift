import Foundation

extension Safetensors {
    /// Writes a file that Python's safetensors and every other reader of the format understands.
    ///
    /// Tensors of wider types come first, so that each is aligned; otherwise the order is kept. Tensors
    /// may be on any device and in any order in memory. An existing file is replaced at once when the
    /// new one is complete (``AtomicFile``), also one that some of the tensors were loaded from.
    ///
    /// - Throws: ``TensorFileError`` when two names are the same, one is `__metadata__` (which the format
    ///   keeps for itself), or the system refuses.
    public static func save(
        _ tensors: [(String, Tensor)], metadata: [String: String] = [:], to url: URL
    ) throws {
        try checkNames(tensors.map(\.0), url)
        // Stable: `sorted` keeps the order of equals.
        let ordered = tensors.sorted { $0.1.scalarType.byteCount > $1.1.scalarType.byteCount }
        let header = try header(ordered, metadata, url)
        try AtomicFile.replace(url) { file in
            try file.append(header)
            for (_, tensor) in ordered {
                try tensor.withBytes(file.append)
            }
        }
    }

    /// Writes the tensors of a module under their names.
    public static func save(
        _ tensors: [NamedTensor], metadata: [String: String] = [:], to url: URL
    ) throws {
        try save(tensors.map { ($0.name, $0.tensor) }, metadata: metadata, to: url)
    }

    private static func checkNames(_ names: [String], _ url: URL) throws {
        var seen: Set<String> = []
        for name in names {
            guard name != metadataKey else {
                throw TensorFileError(file: url.path, tensor: name, reason: "the format keeps this name for itself")
            }
            guard seen.insert(name).inserted else {
                throw TensorFileError(file: url.path, tensor: name, reason: "is to be written twice")
            }
        }
    }

    /// The length, the JSON object, and spaces that make the data begin at a multiple of eight.
    private static func header(
        _ tensors: [(String, Tensor)], _ metadata: [String: String], _ url: URL
    ) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var members: [Data] = []
        func add(_ name: String, _ value: some Encodable) throws {
            members.append(try encoder.encode(name) + Data(":".utf8) + encoder.encode(value))
        }
        if !metadata.isEmpty { try add(metadataKey, metadata) }
        var offset = 0
        for (name, tensor) in tensors {
            let end = offset + tensor.count * tensor.scalarType.byteCount
            try add(
                name, Entry(dtype: tensor.scalarType.safetensorsName, shape: tensor.shape, data_offsets: [offset, end]))
            offset = end
        }
        var text = Data("{".utf8) + members.joined(separator: Data(",".utf8)) + Data("}".utf8)
        text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: -text.count & 7))
        guard text.count <= headerLimit else {
            throw TensorFileError(
                file: url.path, reason: "its header would have \(text.count) bytes; readers accept \(headerLimit)")
        }
        return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) } + text
    }

    private struct Entry: Encodable {
        let dtype: String
        let shape: [Int]
        let data_offsets: [Int]
    }
}
