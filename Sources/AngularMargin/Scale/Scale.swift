import Torch

/// ρ, the factor on the margined cosine in a logit.
///
/// The names of SphereFace-R (Liu et al., TPAMI 2022) for its three choices are hard, no and soft feature
/// normalisation.
public enum Scale: Sendable, Hashable {
    /// ρ = s > 0: the feature's norm does not matter (hard).
    case constant(Double)
    /// ρ = ‖x‖: features are not normalised (none).
    case featureNorm
    /// ρ = ‖x‖, while the penalty `weight` · mean |‖x‖ − s| pulls the norms to `target` s (soft).
    case pulledNorm(target: Double, weight: Double)

    /// ρ of a feature whose norm is what it should be: s, or 1 where there is no such norm.
    public var typical: Double {
        switch self {
        case .constant(let scale), .pulledNorm(let scale, _): scale
        case .featureNorm: 1
        }
    }

    /// Whether ρ is the feature's norm.
    var followsNorm: Bool {
        switch self {
        case .constant: false
        case .featureNorm, .pulledNorm: true
        }
    }

    /// ρ · similarities, with norms [B, 1].
    func apply(to similarities: Tensor, norms: Tensor) throws -> Tensor {
        switch self {
        case .constant(1): similarities
        case .constant(let scale): try similarities * scale
        case .featureNorm, .pulledNorm: try similarities * norms
        }
    }

    /// What the scale itself asks of the norms, [B, 1].
    func penalty(norms: Tensor) throws -> Penalty? {
        guard case .pulledNorm(let target, let weight) = self else { return nil }
        return Penalty(name: "norm", value: try (norms - target).absolute().mean(), weight: weight)
    }
}
