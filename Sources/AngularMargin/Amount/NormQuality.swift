import Torch

/// û = h(‖x‖ − μ)/(σ + ε), kept in [−1, 1]: how a norm compares with those seen lately, as a stand-in for quality.
///
/// AdaFace (Kim et al., CVPR 2022). Norms are kept in [0.001, 100] first, and no gradient reaches them. μ and σ are
/// ``HeadStatistic/normMoments(rate:mean:deviation:)``.
public struct NormQuality: AmountRule {
    /// h.
    public var concentration: Double
    /// ε.
    public var epsilon: Double

    public init(concentration: Double, epsilon: Double = 1e-3) {
        self.concentration = concentration
        self.epsilon = epsilon
    }

    /// The range that norms are kept in.
    static let norms: ClosedRange<Double> = 1e-3...100

    static func clipped(_ norms: Tensor) throws -> Tensor {
        try norms.detached().clamped(from: Self.norms.lowerBound, to: Self.norms.upperBound)
    }

    public func values(of batch: MarginBatch) throws -> Tensor {
        let distance = try Self.clipped(batch.norms) - batch.state[.mean]
        return try (distance * (concentration / (batch.state[.std] + epsilon))).clamped(from: -1, to: 1)
    }

    public var examples: [(name: String, value: Double)] { [("û = 0", 0), ("û = −1", -1), ("û = 1", 1)] }
}
