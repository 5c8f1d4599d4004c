/// ψ(θ) = (−1)ᵏ cos(mθ) − 2k with k = ⌊mθ/π⌋, and slope m(−1)ᵏ sin(mθ) / sin θ.
///
/// The margin of SphereFace (Liu et al., CVPR 2017) and v0 of SphereFace-R (Liu et al., TPAMI 2022), for any
/// real m ≥ 1. cos(mθ) continued so that it falls on all of [0, π]: ψ(0) = 1, and for a whole m ψ(π) = 1 − 2m.
/// Where mθ is a multiple of π both branches give the same value and the slope 0, so that rounding does not
/// matter there. The slope's limit at θ = 0 is m².
public struct MonotoneMultiplicativeMargin: Margin {
    /// m, a factor on the angle; 1 is none.
    public var factor: MarginAmount

    public init(_ factor: MarginAmount) { self.factor = factor }

    public func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let (m, k) = try branch(point)
        return try sign(k) * (m * point.angle).cosine() - k - k
    }

    public func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let (m, k) = try branch(point)
        return try point.perSine(m * sign(k) * (m * point.angle).sine())
    }

    /// m and k.
    private func branch<Scalar: MarginScalar>(_ point: MarginPoint<Scalar>) throws -> (Scalar, Scalar) {
        let m = try point.amount(factor)
        return try (m, (m * point.angle / .constant(.pi)).floor())
    }

    /// (−1)ᵏ = 1 − 2(k − 2⌊k/2⌋).
    private func sign<Scalar: MarginScalar>(_ k: Scalar) throws -> Scalar {
        let two: Scalar = try .constant(2)
        let odd = try k - two * (k / two).floor()
        return try .constant(1) - two * odd
    }

    public func scaled(by factor: Double) -> Self { Self(self.factor.scaled(by: factor, from: 1)) }
}
