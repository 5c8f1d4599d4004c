import Torch

/// Which of the other classes a sample's η applies to; the rest have cos θ.
public enum Negatives: Sendable {
    case all
    /// The k most similar ones: the inter-top-k penalty (Zhao et al., ICASSP 2022). Where there are fewer, all.
    case nearest(Int)
    /// Those with cos θ_j above this function of the angle to the own class: CurricularFace's hard ones
    /// (Huang et al., CVPR 2020).
    case above(any Margin)

    func scaled(by factor: Double) -> Negatives {
        switch self {
        case .all, .nearest: self
        case .above(let margin): .above(margin.scaled(by: factor))
        }
    }

    /// `margined` where η applies, `cosines` elsewhere; both [B, C]. What stands in the own class's column is of no
    /// importance.
    ///
    /// - Parameters:
    ///   - columns: [B, 1], those of the own classes.
    ///   - own: [B, 1], the cosines to them.
    func select(
        _ margined: Tensor, elsewhere cosines: Tensor, columns: Tensor, own: Tensor,
        reading read: @escaping (MarginAmount.Source) throws -> Tensor
    ) throws -> Tensor {
        switch self {
        case .all:
            return margined
        case .nearest(let count):
            let candidates = min(count, cosines.size(1) - 1)
            guard candidates > 0 else { return cosines }
            let below = try Tensor.full(
                own.shape, -2, scalarType: cosines.scalarType, device: cosines.device)
            let others = try cosines.detached().scattering(below, at: columns, dimension: 1)
            let nearest = try others.top(candidates).indices
            let marks = try Tensor.ones(nearest.shape, device: cosines.device)
            let mask = try Tensor.zeros(cosines.shape, device: cosines.device)
                .scattering(marks, at: nearest, dimension: 1)
            return try .select(mask .>= 1, margined, cosines)
        case .above(let margin):
            let point = MarginPoint(cosine: try own.detached().clamped(from: -1, to: 1), reading: read)
            return try .select(cosines.detached() .> margin.value(at: point).detached(), margined, cosines)
        }
    }
}
