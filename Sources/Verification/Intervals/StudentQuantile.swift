import Foundation

/// Quantiles of Student's t distribution with a whole number of degrees of freedom, and of the normal one.
enum StudentQuantile {
    /// The t that a variable of Student's distribution exceeds in magnitude with probability `level`.
    static func twoSided(level: Double, degrees: Int) -> Double {
        bisected { probability(within: $0, degrees: degrees) < 1 - level }
    }

    /// The same for the normal distribution.
    static func twoSidedNormal(level: Double) -> Double {
        bisected { erfc($0 / 2.0.squareRoot()) > level }
    }

    /// P(|T| ≤ t), as a finite sum (Abramowitz and Stegun 26.7.3 and 26.7.4).
    static func probability(within t: Double, degrees: Int) -> Double {
        let angle = atan(t / Double(degrees).squareRoot())
        let square = cos(angle) * cos(angle)
        let isOdd = degrees % 2 == 1
        var term = isOdd ? cos(angle) : 1
        var sum = degrees == 1 ? 0 : term
        for power in stride(from: isOdd ? 3 : 2, to: degrees, by: 2) {
            term *= square * Double(power - 1) / Double(power)
            sum += term
        }
        return isOdd ? 2 / .pi * (angle + sin(angle) * sum) : sin(angle) * sum
    }

    /// The point above 0 up to which a condition holds.
    private static func bisected(_ isBelow: (Double) -> Bool) -> Double {
        var (lower, upper) = (0.0, 1.0)
        while isBelow(upper), upper < 1e12 { (lower, upper) = (upper, 2 * upper) }
        for _ in 0..<100 {
            let middle = (lower + upper) / 2
            if isBelow(middle) { lower = middle } else { upper = middle }
        }
        return upper
    }
}
