import Datasets
import Torch

/// Samples mixed in pairs (Zhang et al., “mixup: Beyond empirical risk minimization”, ICLR 2018):
///
///     x = λ xᵢ + (1 − λ) xⱼ,  loss = λ L(x, yᵢ) + (1 − λ) L(x, yⱼ),  λ ~ Beta(α, α)
///
/// with one λ for a batch and j a permutation of it. λ below ½ is taken as 1 − λ, which only exchanges i
/// and j: the first label then has the larger share, and figures of a step are about it.
struct Mixture: Sendable {
    /// λ
    let share: Double
    /// j for each i.
    let partners: [Int]

    init(alpha: Double, count: Int, using generator: inout SeededGenerator) {
        let drawn = generator.beta(alpha)
        share = max(drawn, 1 - drawn)
        var partners = Array(0..<count)
        generator.shuffle(&partners)
        self.partners = partners
    }

    /// λ xᵢ + (1 − λ) xⱼ of what comes in rows.
    func mixed(_ x: Tensor) throws -> Tensor {
        try x * share + partnered(x) * (1 - share)
    }

    /// Row j for each i.
    func partnered(_ x: Tensor) throws -> Tensor {
        try x.rows(Tensor(partners).to(x.device))
    }

    /// λ · first + (1 − λ) · second
    func loss(_ first: Tensor, _ second: Tensor) throws -> Tensor {
        try first * share + second * (1 - share)
    }
}
