/// η(θ) = cos θ (t + cos θ), with slope t + 2 cos θ.
///
/// CurricularFace (Huang et al., CVPR 2020), for those other classes that are harder than the own one
/// (``Negatives/above(_:)``). t is the ``RunningTargetCosine``: early on hard classes count for less than they
/// are, later for more. At other strengths k than 1, what a warm-up sets, η = cos θ (1 + k (t + cos θ − 1)).
public struct CurricularMargin: Margin {
    public var t: MarginAmount
    private var strength = 1.0

    public init(_ t: MarginAmount) { self.t = t }

    public func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        try point.cosine * (share(point) + .constant(strength) * point.cosine)
    }

    public func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        try share(point) + .constant(2 * strength) * point.cosine
    }

    /// 1 + k (t − 1).
    private func share<Scalar: MarginScalar>(_ point: MarginPoint<Scalar>) throws -> Scalar {
        try .constant(1 - strength) + .constant(strength) * point.amount(t)
    }

    public func scaled(by factor: Double) -> Self {
        var margin = self
        margin.strength *= factor
        return margin
    }
}
