/// ψ(θ) = cos(θ − μ), with slope sin(θ − μ) / sin θ; for θ ≤ μ it stays at 1, with slope 0.
///
/// MAMA (Nguyen et al., ECCV 2024): a pair that is nearer than μ is near enough and is no longer pulled. The slope is
/// below 1 up to θ = π/2 + μ/2, and above beyond. Without the stop at μ pairs that are nearer are pushed apart
/// until they are μ apart; whether the paper stops there is not known. For 0 ≤ μ ≤ π; a negative μ, as a random one may be,
/// is added, and stops nothing.
public struct SubtractiveAngularMargin: Margin {
    /// μ, in radians.
    public var amount: MarginAmount
    /// Whether θ − μ stops at 0.
    public var stopsAtZero: Bool

    public init(_ amount: MarginAmount, stopsAtZero: Bool = true) {
        self.amount = amount
        self.stopsAtZero = stopsAtZero
    }

    public func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let m = try point.amount(amount)
        let shifted = try point.cosine * m.cosine() + point.sine * m.sine()
        return try stopsAtZero ? stopped(point, m, shifted, at: 1) : shifted
    }

    public func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let m = try point.amount(amount)
        let slope = try point.perSine(point.sine * m.cosine() - point.cosine * m.sine())
        return try stopsAtZero ? stopped(point, m, slope, at: 0) : slope
    }

    /// What holds for θ > μ, and wherever μ < 0; elsewhere a constant.
    private func stopped<Scalar: MarginScalar>(
        _ point: MarginPoint<Scalar>, _ m: Scalar, _ value: Scalar, at constant: Double
    ) throws -> Scalar {
        let near: Scalar = try .select(m.isLess(than: point.constant(0)), value, point.constant(constant))
        return try .select(point.cosine.isLess(than: m.cosine()), value, near)
    }

    public func scaled(by factor: Double) -> Self { Self(amount.scaled(by: factor), stopsAtZero: stopsAtZero) }
}
