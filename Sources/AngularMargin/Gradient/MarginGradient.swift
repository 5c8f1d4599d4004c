import Torch

/// What flows back through a margin.
public enum MarginGradient: String, Sendable, CaseIterable {
    /// The margin's own slope.
    case full
    /// Characteristic gradient detachment (SphereFace-R): the logit is the margin's, the slope that of
    /// the similarity without its margin. For every class it is 1 where the similarity is the cosine,
    /// and g′(cos θ) where it is adjusted by ``SimilarityAdjustment``.
    case detached
    /// As if the similarity were the cosine itself: the slope is 1, adjusted or not. What the released code
    /// of SphereFace2 does.
    case straightThrough
}

extension MarginGradient {
    /// The margin's values of `cosines`, joined to the graph by its slope instead of through arc cosines.
    ///
    /// - Parameter read: the numbers of an amount, of a shape that broadcasts to that of `cosines`.
    func apply(
        _ margin: some Margin, to cosines: Tensor,
        reading read: @escaping (MarginAmount.Source) throws -> Tensor
    ) throws -> Tensor {
        func point(_ cosines: Tensor) throws -> MarginPoint<Tensor> {
            MarginPoint(cosine: try cosines.clamped(from: -1, to: 1), reading: read)
        }
        // Recorded, so that gradients reach amounts that are tensors of the graph; the cosines' part goes
        // by the slope. (Second derivatives by an amount and then a cosine are left out by this split;
        // those by a cosine and then an amount are there.)
        let value = try margin.value(at: point(cosines.detached()))
        let joined = try differentiable("margin", [cosines]) {
            (
                outputs: [try value.detached()],
                backward: { seeds in
                    guard let seed = seeds[0] else { return [nil] }
                    return [try slope(of: margin, at: point(cosines)).map { try seed * $0 } ?? seed]
                }
            )
        }[0]
        return try value.requiresGradient ? joined + (value - value.detached()) : joined
    }

    /// The factor on the way back; `nil` for 1.
    func slope<Scalar: MarginScalar>(of margin: any Margin, at point: MarginPoint<Scalar>) throws -> Scalar? {
        switch self {
        case .full: try margin.slope(at: point)
        case .detached: try margin.withoutMargin?.slope(at: point)
        case .straightThrough: nil
        }
    }
}
