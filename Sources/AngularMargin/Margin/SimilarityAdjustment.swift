/// g(z) = 2((z + 1)/2)ᵗ − 1 of z = cos θ, with slope t((z + 1)/2)ᵗ⁻¹.
///
/// SphereFace2 (Wen et al., ICLR 2022). Maps [−1, 1] onto itself, and for t > 1 spreads the high
/// similarities: g(0) = 2¹⁻ᵗ − 1. Not a margin by itself, it is put before or after one with ``Margin/then(_:)``.
public struct SimilarityAdjustment: Margin {
    /// t ≥ 1; 1 changes nothing.
    public var exponent: Double

    public init(exponent: Double) { self.exponent = exponent }

    public func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let power = try half(point).power(exponent)
        return try power + power - .constant(1)
    }

    public func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        try .constant(exponent) * half(point).power(exponent - 1)
    }

    /// (z + 1)/2, in [0, 1].
    private func half<Scalar: MarginScalar>(_ point: MarginPoint<Scalar>) throws -> Scalar {
        try (point.cosine + .constant(1)) / .constant(2)
    }

    public func scaled(by factor: Double) -> Self { self }

    public var withoutMargin: (any Margin)? { self }
}
