/// ψ(θ) = cos(m₁θ + m₂) − m₃, with slope m₁ sin(m₁θ + m₂) / sin θ.
///
/// The three margins in one formula (Deng et al., CVPR 2019, equation 4): (m, 0, 0) is multiplicative,
/// (1, m, 0) ArcFace, (1, 0, m) CosFace. Meant for m₁ ≥ 1 and m₂ ≥ 0. Falls while m₁θ + m₂ ≤ π; beyond, it
/// rises again, or stays at −1 − m₃ where `isClamped`; AdaFace's m₂ may be negative.
public struct CombinedMargin: Margin {
    /// m₁, a factor on the angle; 1 is none.
    public var factor: MarginAmount
    /// m₂, in radians.
    public var angle: MarginAmount
    /// m₃, in units of the cosine.
    public var cosine: MarginAmount
    /// Whether m₁θ + m₂ stops at π, and at 0 where m₂ is negative.
    public var isClamped: Bool

    public init(
        factor: MarginAmount = 1, angle: MarginAmount = 0, cosine: MarginAmount = 0, isClamped: Bool = false
    ) {
        self.factor = factor
        self.angle = angle
        self.cosine = cosine
        self.isClamped = isClamped
    }

    public func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let moved = try movedAngle(point)
        let value = try moved.cosine()
        return try clamped(moved, inside: value, below: 1, above: -1) - point.amount(cosine)
    }

    public func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let moved = try movedAngle(point)
        let slope = try point.perSine(point.amount(factor) * moved.sine())
        return try clamped(moved, inside: slope, below: 0, above: 0)
    }

    private func movedAngle<Scalar: MarginScalar>(_ point: MarginPoint<Scalar>) throws -> Scalar {
        try point.amount(factor) * point.angle + point.amount(angle)
    }

    private func clamped<Scalar: MarginScalar>(
        _ angle: Scalar, inside: Scalar, below: Double, above: Double
    ) throws -> Scalar {
        guard isClamped else { return inside }
        let upTo = try Scalar.select(angle.isLess(than: .constant(.pi)), inside, .constant(above))
        return try .select(angle.isLess(than: .constant(0)), .constant(below), upTo)
    }

    public func scaled(by factor: Double) -> Self {
        Self(
            factor: self.factor.scaled(by: factor, from: 1), angle: angle.scaled(by: factor),
            cosine: cosine.scaled(by: factor), isClamped: isClamped)
    }
}
