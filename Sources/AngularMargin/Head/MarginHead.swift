import Torch

/// A head with the class weights, and the bias, that it learns.
///
/// ```swift
/// let head = try MarginHead(
///     HeadPreset.named("arcface").head(["m": 0.2, "s": 30]), classCount: 25, featureCount: 64,
///     generator: Generator(seed: 1))
/// let output = try head(features, labels: labels)
/// ```
public struct MarginHead: Module {
    /// The loss; a schedule may replace it between steps.
    public var head: Head
    /// [C, D]
    public var weight: Tensor
    /// [1] or [C], where the objective has one.
    public var bias: Tensor?

    /// Draws the weights as the head's ``Head/initialization`` says, starts the bias at the head's
    /// ``Head/initialBias(classCount:)``, and begins to record their gradients.
    public init(
        _ head: Head, classCount: Int, featureCount: Int, generator: Generator,
        scalarType: ScalarType = .float32
    ) throws {
        precondition(classCount > 0 && featureCount > 0, "a head needs a class and a feature")
        self.head = head
        weight = try head.initialization.draw(
            classCount: classCount, featureCount: featureCount, generator: generator, scalarType: scalarType)
        bias = try head.objective.bias.shape(classCount: classCount).map { shape in
            try Tensor.full(
                shape, head.initialBias(classCount: classCount), scalarType: scalarType,
                device: generator.device)
        }
        if head.weightConvention == .projected { try projectWeights() }
        try weight.requireGradient()
        try bias?.requireGradient()
    }

    public var classCount: Int { weight.size(0) }
    public var featureCount: Int { weight.size(1) }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.parameter("weight", &weight)
        try visitor.parameter("bias", &bias)
    }

    /// The loss of features [B, D] with labels [B]; see ``Head/evaluate(features:weights:bias:labels:sampleWeights:)``.
    public func callAsFunction(
        _ features: Tensor, labels: Tensor, sampleWeights: Tensor? = nil
    ) throws -> HeadOutput {
        try head.evaluate(
            features: features, weights: weight, bias: bias, labels: labels, sampleWeights: sampleWeights)
    }

    /// Every feature's similarity to every class, [B, C], without margin and scale.
    public func similarities(_ features: Tensor) throws -> Tensor {
        try head.similarities(features: features, weights: weight)
    }

    /// Overwrites every weight row by its direction, in place: to be called after each optimiser step
    /// where the convention is ``WeightConvention/projected``.
    public func projectWeights() throws {
        try withoutGradients { try weight.copy(from: Directions(of: weight, name: "weights").rows) }
    }

    /// What the loss of a fresh head should be: its mean over 1,000 random unit directions against the
    /// weights as they are, the classes taking turns as the label.
    ///
    /// Only for a plain softmax is this ln C; under a margin and a scale it lies nats higher.
    public func expectedFirstLoss(generator: Generator) throws -> Double {
        let count = 1000
        return try withoutGradients {
            let normal = try Tensor.normal([count, featureCount], generator: generator, scalarType: weight.scalarType)
            let labels = try Tensor((0..<count).map { $0 % classCount }).to(weight.device)
            return try self(Directions(of: normal, name: "directions").rows, labels: labels).loss.item()
        }
    }
}
