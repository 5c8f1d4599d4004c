/// ψ = second ∘ first, with the slope second′(first) · first′.
///
/// `first` must lead into [−1, 1], unless `second` uses nothing but the cosine.
public struct ComposedMargin: Margin {
    public var first: any Margin
    public var second: any Margin

    public func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        try second.value(at: point.moved(to: first.value(at: point)))
    }

    public func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        try second.slope(at: point.moved(to: first.value(at: point))) * first.slope(at: point)
    }

    public func scaled(by factor: Double) -> Self {
        Self(first: first.scaled(by: factor), second: second.scaled(by: factor))
    }

    public var withoutMargin: (any Margin)? {
        guard let first = first.withoutMargin else { return second.withoutMargin }
        guard let second = second.withoutMargin else { return first }
        return ComposedMargin(first: first, second: second)
    }
}

extension Margin {
    /// This function, and the next one of what it gives.
    ///
    /// ```swift
    /// SimilarityAdjustment(exponent: 3).then(AdditiveCosineMargin(0.4))   // g(cos θ) − m
    /// ```
    public func then(_ next: some Margin) -> ComposedMargin { ComposedMargin(first: self, second: next) }
}
