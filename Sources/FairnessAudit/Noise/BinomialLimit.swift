import Foundation

/// Limits for a probability that was seen in k of n independent trials (Clopper and Pearson 1934).
enum BinomialLimit {
    /// The p at which k or more successes have probability 1 − confidence; 0 for k = 0.
    static func lower(successes: Int, of trials: Int, confidence: Double) -> Double {
        precondition((0...trials).contains(successes) && trials > 0, "successes among trials")
        guard successes > 0 else { return 0 }
        var (low, high) = (0.0, Double(successes) / Double(trials))
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if upperTail(successes, trials, middle) < 1 - confidence { low = middle } else { high = middle }
        }
        return low
    }

    /// P(X ≥ k) for X ~ Binomial(n, p).
    static func upperTail(_ successes: Int, _ trials: Int, _ p: Double) -> Double {
        guard p > 0 else { return successes == 0 ? 1 : 0 }
        guard p < 1 else { return 1 }
        return (successes...trials).reduce(0) { sum, k in
            let ways = lgamma(Double(trials + 1)) - lgamma(Double(k + 1)) - lgamma(Double(trials - k + 1))
            return sum + exp(ways + Double(k) * log(p) + Double(trials - k) * log1p(-p))
        }
    }
}
