/// ψ(θ) = cos(min(π, mθ)), with slope m sin(mθ) / sin θ while mθ < π, and 0 from there on.
///
/// v1 of SphereFace-R (Liu et al., TPAMI 2022), and the margin of SphereFace2-M. For m ≥ 1; ψ(0) = 1 with
/// slope m² in the limit, ψ(π) = −1.
public struct ClippedMultiplicativeMargin: Margin {
    /// m, a factor on the angle; 1 is none.
    public var factor: MarginAmount

    public init(_ factor: MarginAmount) { self.factor = factor }

    public func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let angle = try point.amount(factor) * point.angle
        return try .select(angle.isLess(than: .constant(.pi)), angle.cosine(), .constant(-1))
    }

    public func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let m = try point.amount(factor)
        let angle = try m * point.angle
        return try .select(
            angle.isLess(than: .constant(.pi)), point.perSine(m * angle.sine()), .constant(0))
    }

    public func scaled(by factor: Double) -> Self { Self(self.factor.scaled(by: factor, from: 1)) }
}
