/// The members `data/…` of a PyTorch file, each the elements of one or more tensors.
struct PyTorchStorages {
    private static let stridedOperator = Operator("aten::as_strided")
    private static let dimensionLimit = 64

    let file: MappedFile
    /// By key.
    let places: [String: Range<Int>]
    private var opened: [String: Tensor] = [:]

    init(_ file: MappedFile, places: [String: Range<Int>]) {
        self.file = file
        self.places = places
    }

    /// The storage that a persistent identifier means: ("storage", type, key, device, count of elements).
    mutating func storage(_ identifier: [PickleValue], _ reader: ByteReader) throws -> Tensor {
        guard identifier.count == 5, case .text("storage") = identifier[0], case .storageType(let type) = identifier[1],
            case .text(let key) = identifier[2], case .integer(let stated?) = identifier[4]
        else { throw reader.fault("refers to a storage otherwise than torch.save does") }
        guard let place = places[key] else {
            throw reader.fault("refers to storage “\(key)”, which is not in the archive")
        }
        let (size, overflow) = stated.multipliedReportingOverflow(by: type.byteCount)
        guard !overflow, size == place.count else {
            throw reader.fault(
                "states \(stated) elements of \(type) in storage “\(key)”, which has \(place.count) bytes")
        }
        if let tensor = opened[key] {
            guard tensor.scalarType == type else {
                throw reader.fault("takes storage “\(key)” for \(tensor.scalarType) and for \(type)")
            }
            return tensor
        }
        let tensor = try file.tensor(named: nil, at: place.lowerBound, shape: [stated], scalarType: type)
        opened[key] = tensor
        return tensor
    }

    /// The tensor whose element at index i is that of the storage at offset + Σ iₖ strideₖ.
    func view(
        _ storage: Tensor, offset: PickleValue, shape: [PickleValue], strides: [PickleValue], _ reader: ByteReader
    ) throws -> Tensor {
        let (sizes, steps) = (shape.map(\.natural), strides.map(\.natural))
        guard let offset = offset.natural, !sizes.contains(nil), !steps.contains(nil), sizes.count == steps.count else {
            throw reader.fault(
                "has a tensor whose offset, sizes and strides are not one number of zero or more for each dimension")
        }
        let (known, knownSteps) = (sizes.compactMap { $0 }, steps.compactMap { $0 })
        guard known.count <= Self.dimensionLimit else {
            throw reader.fault("has a tensor of \(known.count) dimensions; \(Self.dimensionLimit) are allowed")
        }
        func fault(_ reason: String) -> TensorFileError {
            reader.fault("has a tensor of shape \(known) with strides \(knownSteps) at element \(offset), \(reason)")
        }
        guard let bytes = storage.scalarType.byteCount(ofShape: known),
            bytes <= storage.count * storage.scalarType.byteCount
        else { throw fault("which has more elements than its storage, \(storage.count)") }
        guard let end = Self.end(offset, known, knownSteps), end <= storage.count else {
            throw fault("beyond the end of its storage of \(storage.count) elements")
        }
        return try Self.stridedOperator(storage, known, knownSteps, offset)
    }

    /// One past the last element that a view touches; its offset if it touches none.
    private static func end(_ offset: Int, _ shape: [Int], _ strides: [Int]) -> Int? {
        guard !shape.contains(0) else { return offset }
        var last = offset
        for (size, stride) in zip(shape, strides) {
            let (step, tooLarge) = (size - 1).multipliedReportingOverflow(by: stride)
            let (sum, overflow) = last.addingReportingOverflow(step)
            guard !tooLarge, !overflow else { return nil }
            last = sum
        }
        let (end, overflow) = last.addingReportingOverflow(1)
        return overflow ? nil : end
    }
}

extension PickleValue {
    /// The number where it is a whole one from zero on.
    fileprivate var natural: Int? {
        guard case .integer(let number?) = self, number >= 0 else { return nil }
        return number
    }
}

extension ScalarType {
    /// PyTorch's name for storages of the type.
    var storageName: String {
        switch self {
        case .float64: "torch.DoubleStorage"
        case .float32: "torch.FloatStorage"
        case .float16: "torch.HalfStorage"
        case .bfloat16: "torch.BFloat16Storage"
        case .int64: "torch.LongStorage"
        case .int32: "torch.IntStorage"
        case .int16: "torch.ShortStorage"
        case .int8: "torch.CharStorage"
        case .uint8: "torch.ByteStorage"
        case .bool: "torch.BoolStorage"
        }
    }

    init?(storageName name: String) {
        guard let type = Self.allCases.first(where: { $0.storageName == name }) else { return nil }
        self = type
    }
}
