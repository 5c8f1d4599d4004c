/// ψ(θ) = cos θ − m, with slope 1.
///
/// CosFace (Wang et al., CVPR 2018), AM-Softmax (Wang et al., 2018). Lies in [−1 − m, 1 − m]; no angle
/// is special.
public struct AdditiveCosineMargin: Margin {
    /// m, in units of the cosine. Negative amounts raise the logit.
    public var amount: MarginAmount

    public init(_ amount: MarginAmount) { self.amount = amount }

    public func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        try point.cosine - point.amount(amount)
    }

    public func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        try point.constant(1)
    }

    public func scaled(by factor: Double) -> Self { Self(amount.scaled(by: factor)) }
}
