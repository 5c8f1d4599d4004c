/// η(θ) = cos(θ/m), with slope sin(θ/m) / (m sin θ).
///
/// v2 of SphereFace-R (Liu et al., TPAMI 2022), for the classes that are not the sample's own: their angles
/// count as m times smaller. For m ≥ 1; η(0) = 1 with slope 1/m² in the limit, η(π) = cos(π/m) with an
/// infinite one.
public struct ShrunkenAngleMargin: Margin {
    /// m, the divisor of the angle; 1 is none.
    public var divisor: MarginAmount

    public init(_ divisor: MarginAmount) { self.divisor = divisor }

    public func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        try (point.angle / point.amount(divisor)).cosine()
    }

    public func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let m = try point.amount(divisor)
        return try point.perSine((point.angle / m).sine() / m)
    }

    public func scaled(by factor: Double) -> Self { Self(divisor.scaled(by: factor, from: 1)) }
}
