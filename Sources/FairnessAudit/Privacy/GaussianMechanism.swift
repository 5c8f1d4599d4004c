import Foundation

/// Normal noise N(0, σ²) on every coefficient of a vector whose L2 sensitivity is Δ.
public enum GaussianMechanism {
    /// Φ(Δ/(2σ) − εσ/Δ) − e^ε Φ(−Δ/(2σ) − εσ/Δ): the least δ for which noise σ is (ε, δ)-private.
    ///
    /// Balle and Wang, "Improving the Gaussian mechanism for differential privacy", ICML 2018, theorem 8.
    ///
    /// - Parameter noiseRatio: σ/Δ.
    public static func delta(epsilon: Double, noiseRatio: Double) -> Double {
        guard noiseRatio > 0 else { return 1 }
        guard noiseRatio < .infinity else { return 0 }
        let (half, shift) = (0.5 / noiseRatio, epsilon * noiseRatio)
        let first = StandardNormal.logCumulative(half - shift)
        guard first > -.infinity else { return 0 }
        let second = epsilon + StandardNormal.logCumulative(-half - shift)
        // e^first − e^second without overflow where ε is large.
        return max(0, exp(first) * -expm1(second - first))
    }

    /// The smallest σ that is (ε, δ)-private, by the condition of ``delta(epsilon:noiseRatio:)``, for any ε > 0.
    ///
    /// - Throws: ``AuditError`` for δ = 0, which no normal noise reaches.
    public static func analytic(_ privacy: PrivacyParameters, sensitivity: Double) throws(AuditError) -> Double {
        try requireDelta(privacy)
        func isEnough(_ ratio: Double) -> Bool { delta(epsilon: privacy.epsilon, noiseRatio: ratio) <= privacy.delta }
        var (low, high) = (1.0, 1.0)
        while !isEnough(high) { high *= 2 }
        while isEnough(low) { low /= 2 }
        // δ falls strictly in σ; halving ends at neighbouring doubles.
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return high * sensitivity }
            if isEnough(middle) { high = middle } else { low = middle }
        }
    }

    /// σ = Δ √(2 ln(1.25/δ)) / ε (Dwork and Roth 2014, theorem A.1).
    ///
    /// - Throws: ``AuditError`` for ε > 1, where the theorem does not hold, and for δ = 0.
    public static func classic(_ privacy: PrivacyParameters, sensitivity: Double) throws(AuditError) -> Double {
        try requireDelta(privacy)
        guard privacy.epsilon <= 1 else {
            throw AuditError(
                "the classic Gaussian mechanism is proven for epsilon up to 1 only, and epsilon is "
                    + "\(privacy.epsilon); use the analytic mechanism")
        }
        return sensitivity * (2 * log(1.25 / privacy.delta)).squareRoot() / privacy.epsilon
    }

    /// The ε at δ of noise σ/Δ, the inverse of ``analytic(_:sensitivity:)``.
    ///
    /// - Precondition: 0 < δ < 1 and `noiseRatio` > 0.
    public static func epsilon(delta goal: Double, noiseRatio: Double) -> Double {
        precondition(goal > 0 && goal < 1 && noiseRatio > 0, "an ε belongs to a δ in (0, 1) and to some noise")
        func isEnough(_ epsilon: Double) -> Bool { delta(epsilon: epsilon, noiseRatio: noiseRatio) <= goal }
        guard !isEnough(0) else { return 0 }
        var (low, high) = (0.0, 1.0)
        while !isEnough(high) { (low, high) = (high, high * 2) }
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return high }
            if isEnough(middle) { high = middle } else { low = middle }
        }
    }

    /// The σ/Δ of one release that is as private as several: 1/r² = Σ 1/rᵢ², exactly.
    public static func composed(noiseRatios: [Double]) -> Double {
        1 / noiseRatios.reduce(0) { $0 + 1 / ($1 * $1) }.squareRoot()
    }

    private static func requireDelta(_ privacy: PrivacyParameters) throws(AuditError) {
        guard privacy.delta > 0 else {
            throw AuditError("delta is 0, which normal noise cannot reach; give a delta above 0, or use Laplace noise")
        }
    }
}
