/// ψ(θ) = cos(θ + m) = cos θ cos m − sin θ sin m, with slope sin(θ + m) / sin θ.
///
/// ArcFace (Deng et al., CVPR 2019), AAM-Softmax. Meant for 0 ≤ m ≤ π; falls on [0, π − m], and
/// ``BeyondPi`` says what happens beyond. At θ = 0 the value is cos m and the slope's limit infinite,
/// at π the value is −cos m unless the policy changes it.
public struct AdditiveAngularMargin: Margin {
    /// m, in radians.
    public var amount: MarginAmount
    public var beyondPi: BeyondPi

    public init(_ amount: MarginAmount, beyondPi: BeyondPi = .none) {
        self.amount = amount
        self.beyondPi = beyondPi
    }

    public func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let m = try point.amount(amount)
        let shifted = try point.cosine * m.cosine() - point.sine * m.sine()
        let fallback: Scalar
        switch beyondPi {
        case .none: return shifted
        case .clamp: fallback = try point.constant(-1)
        case .arcface: fallback = try point.cosine - m * m.sine()
        case .wespeaker: fallback = try point.cosine - (point.constant(1) - m.cosine())
        case .easy: fallback = point.cosine
        }
        return try .select(hasFullMargin(point, m), shifted, fallback)
    }

    public func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let m = try point.amount(amount)
        let shifted = try point.perSine(point.sine * m.cosine() + point.cosine * m.sine())
        if beyondPi == .none { return shifted }
        let fallback: Scalar = try point.constant(beyondPi == .clamp ? 0 : 1)
        return try .select(hasFullMargin(point, m), shifted, fallback)
    }

    /// cos θ > cos(π − m); for the easy margin, cos θ > 0.
    private func hasFullMargin<Scalar: MarginScalar>(
        _ point: MarginPoint<Scalar>, _ m: Scalar
    ) throws -> Scalar.Condition {
        let threshold: Scalar = try beyondPi == .easy ? point.constant(0) : -m.cosine()
        return try threshold.isLess(than: point.cosine)
    }

    public func scaled(by factor: Double) -> Self { Self(amount.scaled(by: factor), beyondPi: beyondPi) }
}
