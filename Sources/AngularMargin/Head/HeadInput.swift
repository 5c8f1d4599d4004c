import Torch

/// What a head is computed from, checked, and of one floating-point type.
///
/// Heads compute in float32, or in float64 if features or weights are: near θ = 0, half types have no
/// angles to speak of.
struct HeadInput {
    /// [B, D]
    let features: Tensor
    /// [C, D] or [C, K, D]: all rows.
    let weights: Tensor
    /// The same rows, or those of the classes that were sampled, [S, D] or [S, K, D].
    let comparedWeights: Tensor
    /// Of the rows compared: [1] or [S].
    let bias: Tensor?
    /// [B], int64
    let labels: Tensor
    /// [B], int64: where each sample's own class stands among the rows compared.
    let columns: Tensor
    /// The classes that were sampled, rising, [S]; `nil` for all.
    let classes: Tensor?
    /// [B]
    let sampleWeights: Tensor?
    /// ω_y, [B].
    let classWeights: Tensor?
    private let mean: ClassWeights.Mean

    var batchSize: Int { features.size(0) }
    var classCount: Int { weights.size(0) }

    init(
        head: Head, features: Tensor, weights: Tensor, bias: Tensor?, labels: Tensor, sampleWeights: Tensor?,
        state: HeadState, sink: (any ClassGradientSink)? = nil
    ) throws {
        try HeadInput.checkMatrix(features, "features", expected: "[B, D] with B and D at least 1")
        try HeadInput.checkWeights(weights, head: head, featureCount: features.size(1), batchSize: features.size(0))
        let type = HeadInput.computedType(features, weights)
        let (count, classes) = (features.size(0), weights.size(0))
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
        let bias = try HeadInput.checkedBias(bias, head.objective.bias, classCount: classes)?.to(type)
        // Checked where they are: on the CPU, that waits for nothing.
        let values = try HeadInput.checkedLabels(labels, head.objective.kind, classCount: classes)
        self.labels = try labels.to(.int64).to(features.device)
        self.sampleWeights = try sampleWeights?.to(type).to(features.device)
        let ofClasses = try HeadInput.checkedClassWeights(head, classCount: classes)?.to(type).to(features.device)
        classWeights = try ofClasses?.rows(self.labels)
        mean = head.classWeights?.mean ?? .samples
        guard let sampling = head.sampling else {
            try sink?.willRead(.range(0..<classes))
            (comparedWeights, self.bias, columns, self.classes) = (self.weights, bias, self.labels, nil)
            return
        }
        let sampled = try sampling.classes(
            labels: values, classCount: classes, generator: state.generator(for: .classes))
        try sink?.willRead(.list(sampled))
        let places = Dictionary(uniqueKeysWithValues: sampled.enumerated().map { ($1, $0) })
        let chosen = try Tensor(sampled).to(features.device)
        comparedWeights = try self.weights.rows(chosen)
        self.bias = head.objective.bias == .perClass ? try bias?.rows(chosen) : bias
        columns = try Tensor(values.compactMap { places[$0] }).to(features.device)
        self.classes = chosen
    }

    /// The classes compared as if there were no others, with other tensors of the same shapes.
    func replacing(features: Tensor, weights: Tensor, bias: Tensor?) -> HeadInput {
        HeadInput(features: features, weights: weights, bias: bias, labels: columns)
    }

    private init(features: Tensor, weights: Tensor, bias: Tensor?, labels: Tensor) {
        self.features = features
        self.weights = weights
        comparedWeights = weights
        self.bias = bias
        self.labels = labels
        columns = labels
        classes = nil
        sampleWeights = nil
        classWeights = nil
        mean = .samples
    }

    /// The losses of the samples, [B], with the weights of their classes.
    func weighted(_ losses: Tensor) throws -> Tensor { try classWeights.map { try losses * $0 } ?? losses }

    /// The mean of such losses, each times its sample weight.
    func mean(of losses: Tensor) throws -> Tensor {
        let weighted = try sampleWeights.map { try losses * $0 } ?? losses
        guard mean == .weights, let classWeights else { return try weighted.mean() }
        let sum = try classWeights.sum()
        return try weighted.sum() / Tensor.select(sum .> 0, sum, sum.onesLike())
    }

    /// ∂mean/∂ℓ of each sample's loss without weights.
    func shares() throws -> [Double] {
        let (ofClasses, ofSamples) = try (classWeights?.detached().reals(), sampleWeights?.detached().reals())
        let sum = mean == .weights ? ofClasses?.reduce(0, +) : nil
        let divisor = sum.map { $0 > 0 ? $0 : 1 } ?? Double(batchSize)
        return (0..<batchSize).map { (ofClasses?[$0] ?? 1) * (ofSamples?[$0] ?? 1) / divisor }
    }

    static func computedType(_ features: Tensor, _ weights: Tensor) -> ScalarType {
        features.scalarType == .float64 || weights.scalarType == .float64 ? .float64 : .float32
    }

    private static func checkMatrix(_ matrix: Tensor, _ name: String, rank: Int = 2, expected: String) throws {
        guard matrix.rank == rank, matrix.count > 0 else {
            throw HeadError.wrongShape(name: name, found: matrix.shape, expected: expected)
        }
        guard matrix.scalarType.isFloatingPoint else {
            throw HeadError.wrongType(
                name: name, found: "\(matrix.scalarType)", expected: "floating-point numbers")
        }
    }

    private static func checkWeights(_ weights: Tensor, head: Head, featureCount: Int, batchSize: Int) throws {
        let rows =
            switch head.objective.kind {
            case .oneClass: "1"
            case .contrastive: "\(batchSize)"
            case .softmax, .oneVersusAll, .regression: "C"
            }
        let row = head.subcenters.map { "\($0), \(featureCount)" } ?? "\(featureCount)"
        let expected = "[\(rows), \(row)]"
        try checkMatrix(
            weights, "weights", rank: head.subcenters == nil ? 2 : 3,
            expected: expected + (rows == "C" ? " with C at least 1" : ""))
        let fits =
            weights.shape.last == featureCount && (head.subcenters == nil || weights.size(1) == head.subcenters)
            && (rows == "C" || rows == "\(weights.size(0))")
        guard fits else { throw HeadError.wrongShape(name: "weights", found: weights.shape, expected: expected) }
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

    private static func checkedClassWeights(_ head: Head, classCount: Int) throws -> Tensor? {
        if let expected = head.objective.classCount, expected != classCount {
            throw HeadError.objectiveClassCount(expected: expected, found: classCount)
        }
        guard let weights = head.classWeights?.values else { return nil }
        let labelCount = head.objective.kind == .oneClass ? 2 : classCount
        guard weights.shape == [labelCount] else {
            throw HeadError.wrongShape(name: "class weights", found: weights.shape, expected: "[\(labelCount)]")
        }
        return weights
    }

    private static func checkedLabels(_ labels: Tensor, _ kind: ObjectiveKind, classCount: Int) throws -> [Int] {
        let values: [Int] = try labels.to(.int64).elements()
        let count = kind == .oneClass ? 2 : classCount
        if let row = values.firstIndex(where: { !(0..<count).contains($0) }) {
            throw HeadError.labelOutOfRange(row: row, label: values[row], classCount: count)
        }
        if kind == .contrastive, let row = values.indices.first(where: { values[$0] != $0 }) {
            throw HeadError.notPairs(row: row, label: values[row])
        }
        return values
    }
}
