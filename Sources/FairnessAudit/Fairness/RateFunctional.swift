/// F = c + Σ cₖ Aₖ, linear in the shares Aₖ of correct decisions per cell.
public struct RateFunctional: Hashable, Sendable {
    public var constant: Double
    public var coefficients: [Double]

    static func zero(_ count: Int) -> RateFunctional {
        RateFunctional(constant: 0, coefficients: Array(repeating: 0, count: count))
    }

    /// F at shares of correct decisions; cells without a coefficient may hold anything.
    public func callAsFunction(_ shares: [Double]) -> Double {
        var sum = constant
        for (cell, coefficient) in coefficients.enumerated() where coefficient != 0 {
            sum += coefficient * shares[cell]
        }
        return sum
    }

    /// The largest |F′ − F| that shares between 0 and 1 allow.
    func greatestChange(from value: Double) -> Double {
        let highest = coefficients.reduce(constant) { $0 + max(0, $1) }
        let lowest = coefficients.reduce(constant) { $0 + min(0, $1) }
        return max(highest - value, value - lowest)
    }

    static func + (first: Self, second: Self) -> Self {
        Self(
            constant: first.constant + second.constant,
            coefficients: zip(first.coefficients, second.coefficients).map(+))
    }

    static func * (factor: Double, functional: Self) -> Self {
        Self(constant: factor * functional.constant, coefficients: functional.coefficients.map { factor * $0 })
    }

    static func - (first: Self, second: Self) -> Self { first + -1 * second }
}
