/// min(1, max(−1, z)) of z = cos θ with a margin, with slope 1 inside and 0 beyond.
///
/// Put after an additive cosine margin, it keeps a logit within ± the scale, as UniFace's released code does.
public struct CosineStop: Margin {
    public init() {}

    public func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        try stopped(point, inside: point.cosine, low: -1, high: 1)
    }

    public func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        try stopped(point, inside: point.constant(1), low: 0, high: 0)
    }

    private func stopped<Scalar: MarginScalar>(
        _ point: MarginPoint<Scalar>, inside: Scalar, low: Double, high: Double
    ) throws -> Scalar {
        let fromBelow = try Scalar.select(
            point.cosine.isLess(than: point.constant(-1)), point.constant(low), inside)
        return try .select(point.constant(1).isLess(than: point.cosine), point.constant(high), fromBelow)
    }

    public func scaled(by factor: Double) -> Self { self }
}
