/// A number that a margin can be computed with: `Double`, `Float`, or a whole `Tensor` of them.
///
/// A margin's formulas are written once, generic over this protocol. The operations of tensors may
/// throw; those of plain numbers do not, and serve all the same.
public protocol MarginScalar {
    /// What a comparison gives: one answer, or one per element.
    associatedtype Condition

    /// A number that stands beside scalars of every shape and precision.
    static func constant(_ value: Double) throws -> Self

    static func + (left: Self, right: Self) throws -> Self
    static func - (left: Self, right: Self) throws -> Self
    static func * (left: Self, right: Self) throws -> Self
    static func / (left: Self, right: Self) throws -> Self
    static prefix func - (scalar: Self) throws -> Self

    func power(_ exponent: Double) throws -> Self
    func squareRoot() throws -> Self
    func cosine() throws -> Self
    func sine() throws -> Self
    /// The angle of the point (x, self), in (−π, π].
    func arcTangent2(_ x: Self) throws -> Self
    /// The largest whole number that is not above it.
    func floor() throws -> Self

    func isLess(than other: Self) throws -> Condition
    /// `first` where the condition holds, `second` elsewhere.
    static func select(_ condition: Condition, _ first: Self, _ second: Self) throws -> Self
}
