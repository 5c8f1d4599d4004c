import Foundation

/// A file of `torch.save`: the weights of a network, alone or within a checkpoint.
///
/// ```swift
/// try network.load(PyTorchFile.load(file))
/// ```
///
/// Such a file is a zip archive of a pickle, which is a program, and of storages. Python can be made to run
/// any code by it; here nothing runs but the building of dictionaries and tensors, and a file that asks for
/// more is refused. Files in the format before PyTorch 1.6 are not read.
public enum PyTorchFile {
    /// Keys of checkpoints that hold the weights beside an optimiser's state and numbers, in the order in
    /// which they are looked for.
    static let wrappers = ["state_dict", "model_state_dict", "model"]
    private static let pickleLimit = 100_000_000

    /// The tensors of a file by name.
    ///
    /// - Where the file holds a dictionary with the key `state_dict`, `model_state_dict` or `model` that is
    ///   a dictionary itself, the tensors are those of that one, and all others are left out.
    /// - Dictionaries within dictionaries give names joined by dots: `{"a": {"b": t}}` is `a.b`.
    /// - What is not a tensor (an epoch, settings), what is in lists or tuples, and what has a key that is
    ///   not a string is left out.
    ///
    /// Elements are mapped as by ``Safetensors/load(_:)``: they come from the disk when they are used, and
    /// writing to a tensor never changes the file. Tensors that share a storage in the file share it here,
    /// and strides are kept. All are on the CPU and require no gradient. Checksums are not compared.
    ///
    /// - Throws: ``TensorFileError`` when the file cannot be opened, is not such an archive, names a function
    ///   or type in its pickle that is not understood here, is big endian, has members that are compressed,
    ///   contradicts itself, or holds no tensors.
    public static func load(_ url: URL) throws -> [String: Tensor] {
        let file = try MappedFile(url)
        return try withExtendedLifetime(file) {
            let bytes = UnsafeRawBufferPointer(file.bytes)
            let members = try ZipDirectory(bytes, file: file.path).members
            let pickles = members.keys.filter { $0.hasSuffix("/data.pkl") && $0.count(where: { $0 == "/" }) == 1 }
            guard pickles.count == 1, let name = pickles.first, let pickle = members[name] else {
                throw TensorFileError(
                    file: file.path,
                    reason: "holds \(pickles.count) files <folder>/data.pkl; an archive of torch.save holds one")
            }
            let folder = name.dropLast("data.pkl".count)
            try checkByteOrder(members["\(folder)byteorder"], bytes, file.path)
            guard pickle.count <= pickleLimit else {
                throw TensorFileError(
                    file: file.path, reason: "\(name) has \(pickle.count) bytes; \(pickleLimit) are allowed")
            }
            var unpickler = Unpickler(
                ByteReader(UnsafeRawBufferPointer(rebasing: bytes[pickle]), part: name, file: file.path),
                storages: PyTorchStorages(file, places: storages(in: "\(folder)data/", members)))
            let value = try unpickler.value()
            return try NamedPickleTensors(unpickler.objects, file: file.path).tensors(of: value)
        }
    }

    /// Files without the entry are of PyTorch before 2.1, which wrote little endian on all usual machines.
    private static func checkByteOrder(
        _ place: Range<Int>?, _ bytes: UnsafeRawBufferPointer, _ file: String
    ) throws {
        guard let place, !bytes[place].elementsEqual("little".utf8) else { return }
        let order = String(decoding: bytes[place].prefix(20), as: UTF8.self)
        throw TensorFileError(file: file, reason: "has the byte order “\(order)”; only “little” is read")
    }

    private static func storages(in folder: String, _ members: [String: Range<Int>]) -> [String: Range<Int>] {
        var places: [String: Range<Int>] = [:]
        for (name, place) in members where name.hasPrefix(folder) {
            places[String(name.dropFirst(folder.count))] = place
        }
        return places
    }
}
