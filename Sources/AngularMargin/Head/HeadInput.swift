import Torch

/// What a head is computed from, checked, and of one floating-point type.
///
/// Heads compute in float32, or in float64 if features or weights are: near θ = 0, half types have no
/// angles to speak of.
struct HeadInput {
    /// [B, D]
    let features: Tensor
    /// [C, D]
    let weights: Tensor
    /// [1] or [C]
    let bias: Tensor?
    /// [B], int64
    let labels: Tensor
    /// [B]
    let sampleWeights: Tensor?

    var batchSize: Int { features.size(0) }
    var classCount: Int { weights.size(0) }

    init(
        features: Tensor, weights: Tensor, bias: Tensor?, biasKind: BiasKind, labels: Tensor,
        sampleWeights: Tensor?
    ) throws {
        try HeadInput.checkMatrix(features, "features", expected: "[B, D] with B and D at least 1")
        try HeadInput.checkMatrix(weights, "weights", expected: "[C, \(features.size(1))] with C at least 1")
        let type = HeadInput.computedType(features, weights)
        let (count, classes) = (features.size(0), weights.size(0))
        guard weights.size(1) == features.size(1) else {
            throw HeadError.wrongShape(
                name: "weights", found: weights.shape, expected: "[C, \(features.size(1))]")
        }
        guard labels.shape == [count] else {
            throw HeadError.wrongShape(name: "labels", found: labels.shape, expected: "[\(count)]")
        }
        guard !labels.scalarType.isFloatingPoint, labels.scalarType != .bool else {
            throw HeadError.wrongType(name: "labels", found: "\(labels.scalarType)", expected: "whole numbers")
        }
        if let sampleWeights, sampleWeights.shape != [count] {
            throw HeadError.wrongShape(
                name: "sample weights", found: sampleWeights.shape, expected: "[\(count)]")
        }
        self.features = try features.to(type)
        self.weights = try weights.to(type)
        self.bias = try HeadInput.checkedBias(bias, biasKind, classCount: classes)?.to(type)
        // Checked where they are: on the CPU, that waits for nothing.
        try HeadInput.checkLabels(labels, classCount: classes)
        self.labels = try labels.to(.int64).to(features.device)
        self.sampleWeights = try sampleWeights?.to(type).to(features.device)
    }

    static func computedType(_ features: Tensor, _ weights: Tensor) -> ScalarType {
        features.scalarType == .float64 || weights.scalarType == .float64 ? .float64 : .float32
    }

    static func checkMatrix(_ matrix: Tensor, _ name: String, expected: String) throws {
        guard matrix.rank == 2, matrix.count > 0 else {
            throw HeadError.wrongShape(name: name, found: matrix.shape, expected: expected)
        }
        guard matrix.scalarType.isFloatingPoint else {
            throw HeadError.wrongType(
                name: name, found: "\(matrix.scalarType)", expected: "floating-point numbers")
        }
    }

    private static func checkedBias(_ bias: Tensor?, _ kind: BiasKind, classCount: Int) throws -> Tensor? {
        let shape = kind.shape(classCount: classCount)
        guard let bias else {
            if let shape { throw HeadError.missingBias(shape: shape) }
            return nil
        }
        guard bias.shape == shape else {
            throw HeadError.wrongShape(
                name: "biases", found: bias.shape, expected: shape.map { "\($0)" } ?? "none")
        }
        return bias
    }

    private static func checkLabels(_ labels: Tensor, classCount: Int) throws {
        let values: [Int] = try labels.to(.int64).elements()
        guard let row = values.firstIndex(where: { !(0..<classCount).contains($0) }) else { return }
        throw HeadError.labelOutOfRange(row: row, label: values[row], classCount: classCount)
    }
}
