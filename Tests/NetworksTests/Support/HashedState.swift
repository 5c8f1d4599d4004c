import Torch

/// One entry of a state dictionary, computed by the hash rule (scripts/fixtures/README.md).
struct HashedEntry: Decodable {
    let name: String
    let kind: String
    let shape: [Int]

    /// Numbers in [−1, 1) as values of this kind.
    fileprivate func tensor(_ u: Tensor) throws -> Tensor {
        switch kind {
        case "conv.weight", "linear.weight":
            try u * (3 / Double(shape.dropFirst().reduce(1, *))).squareRoot()
        case "prelu.weight": try 0.25 + 0.05 * u
        case "norm.weight": try 1 + 0.1 * u
        case "norm.running_var": try 1 + 0.5 * u.absolute()
        default: try 0.1 * u
        }
    }
}

extension [HashedEntry] {
    /// Float32, in order.
    func tensors() throws -> [(name: String, tensor: Tensor)] {
        try enumerated().map { index, entry in
            (entry.name, try entry.tensor(hashedNumbers(sequence: index, shape: entry.shape)).to(.float32))
        }
    }
}

extension Module {
    /// Names as the fixtures list them: without batch counters.
    var countedNames: [String] { tensors.map(\.name).filter { !$0.hasSuffix("num_batches_tracked") } }

    /// Loads a state without batch counters, which start at zero.
    func load(hashed state: [(name: String, tensor: Tensor)]) throws {
        var full = Dictionary(uniqueKeysWithValues: state.map { ($0.name, $0.tensor) })
        for buffer in buffers where buffer.name.hasSuffix("num_batches_tracked") {
            full[buffer.name] = try Tensor.scalar(0, scalarType: .int64)
        }
        try load(full)
    }
}
