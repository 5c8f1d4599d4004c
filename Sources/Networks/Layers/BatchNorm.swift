import Torch

/// Batch normalisation, per channel (dimension 1), of [N, C], [N, C, L] or [N, C, H, W]:
///
///     y = (x − μ) / √(σ² + ε) · weight + bias
///
/// In training, μ and σ² are the mean and the population variance of the channel over the batch, and
/// the running ones follow: running ← (1 − momentum) · running + momentum · batch's, the variance
/// being the unbiased estimate there. In evaluation, and where it is frozen, they are the running ones.
///
/// Ioffe and Szegedy, “Batch normalization”, ICML 2015, algorithms 1 and 2.
public struct BatchNorm: Module {
    /// [C]; starts at one.
    public var weight: Tensor
    /// [C]; starts at zero.
    public var bias: Tensor
    public var runningMean: Tensor
    public var runningVariance: Tensor
    /// How many training batches the running statistics have followed; int64.
    public var batchCount: Tensor
    public let momentum: Double
    /// ε, against division by zero.
    public let epsilon: Double
    /// Whether `weight` is a parameter; else it is a buffer and stays one.
    public let learnsWeight: Bool
    /// Whether the running statistics are used, and stay as they are, in training too.
    public var isFrozen = false

    static let frozenName = "frozen"

    public init(
        channels: Int, momentum: Double = 0.1, epsilon: Double = 1e-5, learnsWeight: Bool = true, device: Device = .cpu
    ) throws {
        weight = try Tensor.ones([channels], device: device)
        bias = try Tensor.zeros([channels], device: device)
        runningMean = try Tensor.zeros([channels], device: device)
        runningVariance = try Tensor.ones([channels], device: device)
        batchCount = try Tensor.scalar(0, scalarType: .int64, device: device)
        self.momentum = momentum
        self.epsilon = epsilon
        self.learnsWeight = learnsWeight
    }

    /// - Throws: ``BatchTooSmall`` in training with one value per channel, whose variance says nothing.
    public func callAsFunction(_ x: Tensor, mode: Mode) throws -> Tensor {
        let mode = isFrozen ? .evaluation : mode
        if mode.isTraining, x.rank >= 2, x.count <= x.size(1) { throw BatchTooSmall(shape: x.shape) }
        if mode.updatesStatistics { try batchCount.add(1) }
        let usesRunning = !mode.isTraining || mode.updatesStatistics
        return try x.batchNormalized(
            weight: weight, bias: bias,
            runningMean: usesRunning ? runningMean : nil,
            runningVariance: usesRunning ? runningVariance : nil,
            training: mode.isTraining, momentum: momentum, epsilon: epsilon)
    }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {
        if learnsWeight {
            try visitor.parameter("weight", &weight)
        } else {
            try visitor.buffer("weight", &weight)
        }
        try visitor.parameter("bias", &bias)
        visitor.toggle(Self.frozenName, &isFrozen)
        try visitor.buffer("running_mean", &runningMean)
        try visitor.buffer("running_var", &runningVariance)
        try visitor.buffer("num_batches_tracked", &batchCount)
    }
}

/// A training batch in which a channel has only one value.
public struct BatchTooSmall: Error, Equatable, CustomStringConvertible {
    public let shape: [Int]

    public var description: String {
        "batch normalisation cannot train on a batch of shape \(shape), which has one value per channel: "
            + "use batches of two samples or more, and drop a last batch of one"
    }
}
