/// What replaces cos θ in a logit: ψ(θ) on the angle to a sample's own class, or η(θ) on the others.
///
/// A margin is one small value type, in which the function and its slope stand side by side, written
/// once for all kinds of scalars. See <doc:WriteYourOwnMargin>.
public protocol Margin: Sendable {
    /// ψ(θ).
    func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar

    /// dψ/d cos θ. At θ = 0 and π, where the limit may be infinite, whatever is finite;
    /// ``MarginPoint/perSine(_:)`` gives 0.
    ///
    /// Made of the scalar's operations, it can be differentiated again.
    func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar

    /// The same margin, `factor` times as large: 0 is none, 1 is this one. For warming up.
    func scaled(by factor: Double) -> Self

    /// What is left when the margin is taken away; `nil`, if it is cos θ itself.
    var withoutMargin: (any Margin)? { get }
}

extension Margin {
    public var withoutMargin: (any Margin)? { nil }
}
