import Torch

/// ℓ = Σ_j (c_j − δ_jy)²: the cosine to the own class shall be 1, to the others 0.
///
/// P2SGrad as a loss (Zhang et al., CVPR 2019; Wang and Yamagishi, Interspeech 2021): no scale, no exponential.
public struct SquaredCosines: Objective {
    /// Whether the sum is divided by the number of classes, as two public versions of it do.
    public var dividesByClassCount: Bool

    public init(dividesByClassCount: Bool = false) { self.dividesByClassCount = dividesByClassCount }

    public var kind: ObjectiveKind { .regression }
    public var bias: BiasKind { .none }

    public func terms(_ logits: Tensor, columns: Tensor) throws -> [Term] {
        let columns = try columns.unsqueezed(1)
        let missing = try logits.gathered(columns, dimension: 1) - 1
        let sum = try logits.scattering(missing, at: columns, dimension: 1).squared().sum([1])
        return [Term("squares", try dividesByClassCount ? sum / Double(logits.size(1)) : sum)]
    }
}
