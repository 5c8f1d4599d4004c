/// ψ(θ) = (λ cos θ + φ(θ))/(1 + λ), with slope (λ + φ′)/(1 + λ): a margin φ of which λ takes the edge off.
///
/// A-Softmax (Liu et al., CVPR 2017) with annealing: λ falls as training goes on. 0 is φ itself, and the larger λ
/// the nearer to the plain cosine.
public struct AnnealedMargin: Margin {
    /// φ.
    public var margin: any Margin
    /// λ ≥ 0.
    public var plainWeight: MarginAmount

    public init(_ margin: any Margin, plainWeight: MarginAmount) {
        self.margin = margin
        self.plainWeight = plainWeight
    }

    public func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let lambda = try point.amount(plainWeight)
        return try (lambda * point.cosine + margin.value(at: point)) / (point.constant(1) + lambda)
    }

    public func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let lambda = try point.amount(plainWeight)
        return try (lambda + margin.slope(at: point)) / (point.constant(1) + lambda)
    }

    public func scaled(by factor: Double) -> Self {
        Self(margin.scaled(by: factor), plainWeight: plainWeight)
    }
}
