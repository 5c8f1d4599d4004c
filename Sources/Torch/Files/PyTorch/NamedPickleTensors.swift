/// Finds the tensors in the dictionaries of a pickle, and names them.
struct NamedPickleTensors {
    private static let depthLimit = 32
    private static let entryLimit = 1_000_000
    /// In bytes. With the limit of entries it bounds what a small file can make of shared dictionaries.
    private static let nameLimit = 1_000

    private let objects: PickleObjects
    private let file: String
    private var tensors: [String: Tensor] = [:]
    private var entries = 0

    init(_ objects: PickleObjects, file: String) {
        self.objects = objects
        self.file = file
    }

    consuming func tensors(of value: PickleValue) throws -> [String: Tensor] {
        guard case .dictionary(let root) = value else {
            throw fault("holds no dictionary; save a network's state_dict()")
        }
        try collect(unwrapped(root), prefix: "", depth: 1)
        guard !tensors.isEmpty else { throw fault("holds no tensors by name") }
        return tensors
    }

    private func unwrapped(_ root: Int) -> Int {
        for wrapper in PyTorchFile.wrappers {
            for (key, value) in objects.dictionaries[root] {
                if case .text(wrapper) = key, case .dictionary(let place) = value { return place }
            }
        }
        return root
    }

    private mutating func collect(_ dictionary: Int, prefix: String, depth: Int) throws {
        guard depth <= Self.depthLimit else {
            throw fault("has dictionaries within dictionaries to a depth of more than \(Self.depthLimit)")
        }
        for (key, value) in objects.dictionaries[dictionary] {
            entries += 1
            guard entries <= Self.entryLimit else { throw fault("has more than \(Self.entryLimit) entries") }
            guard case .text(let key) = key else { continue }
            switch value {
            case .tensor(let tensor):
                let name = try joined(prefix, key)
                guard tensors.updateValue(tensor, forKey: name) == nil else {
                    throw TensorFileError(file: file, tensor: name, reason: "is in the file twice")
                }
            case .dictionary(let place):
                try collect(place, prefix: joined(prefix, key) + ".", depth: depth + 1)
            default:
                continue
            }
        }
    }

    private func joined(_ prefix: String, _ key: String) throws -> String {
        guard prefix.utf8.count + key.utf8.count <= Self.nameLimit else {
            throw fault("has a name of more than \(Self.nameLimit) bytes, which begins “\((prefix + key).prefix(60))”")
        }
        return prefix + key
    }

    private func fault(_ reason: String) -> TensorFileError { TensorFileError(file: file, reason: reason) }
}
