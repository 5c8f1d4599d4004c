import Foundation

/// The standard normal distribution N(0, 1).
public enum StandardNormal {
    /// φ(x) = e^(−x²/2) / √(2π)
    public static func density(_ x: Double) -> Double {
        exp(-x * x / 2) / (2 * Double.pi).squareRoot()
    }

    /// Φ(x) = erfc(−x/√2) / 2, with all its digits in both tails; Φ(±∞) are 1 and 0. It underflows below −38.
    public static func cumulative(_ x: Double) -> Double {
        erfc(-x * 0.5.squareRoot()) / 2
    }

    /// ln Φ(x), also where Φ(x) underflows: there by Φ(x) = φ(x)/|x| · (1 − 1/x² + 3/x⁴ − 15/x⁶ …).
    public static func logCumulative(_ x: Double) -> Double {
        guard x < -30 else { return log(cumulative(x)) }
        guard x > -.infinity else { return -.infinity }
        let r = 1 / (x * x)
        let series = -r * (1 - r * (3 - r * (15 - r * 105)))
        return -x * x / 2 - log(-x) - log(2 * Double.pi) / 2 + log1p(series)
    }

    /// Φ⁻¹(p): −∞ at 0 and +∞ at 1.
    ///
    /// Newton's method on ln Φ, which is concave, from a start left of the root; it rises without overshooting.
    ///
    /// - Precondition: 0 ≤ p ≤ 1.
    public static func quantile(_ p: Double) -> Double {
        precondition((0...1).contains(p), "a probability lies between 0 and 1")
        guard p > 0 else { return -.infinity }
        guard p < 1 else { return .infinity }
        // In the lower tail p has all its digits; 1 − p is exact for p ≥ ½.
        guard p <= 0.5 else { return -quantile(1 - p) }
        let goal = log(p)
        // Φ(−t) ≤ e^(−t²/2) / 2, so the root is not left of this; a root at 0 needs a start that is not.
        var x = -(max(0, -2 * (goal + log(2)))).squareRoot()
        for _ in 0..<60 {
            let value = logCumulative(x)
            let slope = exp(-x * x / 2 - log(2 * Double.pi) / 2 - value)
            let step = (goal - value) / slope
            x += step
            if abs(step) <= 1e-16 * max(1e-3, abs(x)) { break }
        }
        return x
    }
}
