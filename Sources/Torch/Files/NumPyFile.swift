import Foundation

/// NumPy's file of one array, `.npy`, in version 1.0 of its format.
///
/// Described at <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>: a signature,
/// the length of a header, the header (a dictionary in Python's notation), then the elements.
/// Element types are float64, float32, int64, int32, uint8 and bool, little endian, in C order.
public enum NumPyFile {
    private static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]

    private static let typeNames: [(name: String, type: ScalarType)] = [
        ("<f8", .float64), ("<f4", .float32), ("<i8", .int64), ("<i4", .int32), ("|u1", .uint8), ("|b1", .bool),
    ]

    /// Opens a file and maps its elements, as ``Safetensors/load(_:)`` does.
    ///
    /// - Throws: ``TensorFileError`` for another version of the format, another element type, Fortran
    ///   order, and files that are too long or too short.
    public static func load(_ url: URL) throws -> Tensor {
        let file = try MappedFile(url)
        func fault(_ reason: String) -> TensorFileError { TensorFileError(file: file.path, reason: reason) }
        let bytes = UnsafeRawBufferPointer(file.bytes)
        guard bytes.count >= 10, bytes.starts(with: signature.prefix(6)) else { throw fault("is not a .npy file") }
        guard bytes[6] == 1, bytes[7] == 0 else {
            throw fault("has version \(bytes[6]).\(bytes[7]) of the .npy format; 1.0 is read here")
        }
        let start = 10 + Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt16.self)))
        guard start <= bytes.count else { throw fault("is cut off within its header") }
        let (type, shape) = try withExtendedLifetime(file) {
            try header(String(decoding: bytes[10..<start], as: UTF8.self), fault)
        }
        guard type.byteCount(ofShape: shape) == bytes.count - start else {
            throw fault("holds \(bytes.count - start) bytes of elements, which \(type) \(shape) does not take")
        }
        return try file.tensor(named: nil, at: start, shape: shape, scalarType: type)
    }

    /// Writes a tensor from any device, atomically.
    ///
    /// - Throws: ``TensorFileError`` for element types beyond those above and when the system refuses.
    public static func save(_ tensor: Tensor, to url: URL) throws {
        guard let name = typeNames.first(where: { $0.type == tensor.scalarType })?.name else {
            let known = typeNames.map { "\($0.type)" }.joined(separator: ", ")
            throw TensorFileError(
                file: url.path, reason: "\(tensor.scalarType) is not written to .npy files; convert to one of \(known)")
        }
        // Python writes a tuple of one with a comma: (3,).
        let shape = tensor.shape.map(String.init).joined(separator: ", ") + (tensor.rank == 1 ? "," : "")
        var header = Data("{'descr': '\(name)', 'fortran_order': False, 'shape': (\(shape)), }".utf8)
        // Elements begin at a multiple of 64, after a newline.
        header.append(
            contentsOf: repeatElement(UInt8(ascii: " "), count: -(signature.count + 2 + header.count + 1) & 63))
        header.append(UInt8(ascii: "\n"))
        let length = withUnsafeBytes(of: UInt16(header.count).littleEndian) { Data($0) }
        try AtomicFile.replace(url) { file in
            try file.append(Data(signature) + length + header)
            try tensor.withBytes(file.append)
        }
    }

    /// Type and shape from a header such as `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
    private static func header(
        _ text: String, _ fault: (String) -> TensorFileError
    ) throws -> (type: ScalarType, shape: [Int]) {
        guard let dictionary = text.wholeMatch(of: /\s*\{(.*)\}\s*/)?.1,
            let description = dictionary.firstMatch(of: /'descr'\s*:\s*'([^']*)'/)?.1,
            let order = dictionary.firstMatch(of: /'fortran_order'\s*:\s*(True|False)/)?.1,
            let sizes = dictionary.firstMatch(of: /'shape'\s*:\s*\(([0-9, ]*)\)/)?.1
        else {
            throw fault("has a header that does not give descr, fortran_order and shape: \(text.prefix(200))")
        }
        guard let type = typeNames.first(where: { $0.name == description })?.type else {
            let known = typeNames.map(\.name).joined(separator: ", ")
            throw fault("has elements of type '\(description)'; those that are read: \(known)")
        }
        guard order == "False" else { throw fault("is in Fortran order; save numpy.ascontiguousarray(array)") }
        let shape = sizes.split(separator: ",").map { Int($0.trimmingCharacters(in: .whitespaces)) }
        guard !shape.contains(nil) else { throw fault("has a shape that cannot be: (\(sizes))") }
        return (type, shape.compactMap { $0 })
    }
}
