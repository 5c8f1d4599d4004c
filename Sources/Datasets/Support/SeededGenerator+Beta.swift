import Foundation

extension SeededGenerator {
    /// A number of the symmetric Beta(α, α) distribution, in [0, 1].
    ///
    /// Jöhnk (1964): x = u^(1/α) and y = v^(1/α) are drawn until x + y ≤ 1; then x / (x + y). Powers are
    /// taken as logarithms, so that a small α does not underflow.
    ///
    /// - Precondition: `alpha` is positive.
    public mutating func beta(_ alpha: Double) -> Double {
        precondition(alpha > 0, "a beta distribution's parameter is positive")
        while true {
            // 1 − u, because u may be 0 and its logarithm must not be infinite.
            let x = log(1 - uniform()) / alpha
            let y = log(1 - uniform()) / alpha
            let larger = max(x, y)
            if larger + log(exp(x - larger) + exp(y - larger)) <= 0 { return 1 / (1 + exp(y - x)) }
        }
    }
}
