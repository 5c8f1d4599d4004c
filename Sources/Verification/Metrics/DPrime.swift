extension ErrorRateCurve {
    /// How far the two sets of scores lie apart, in units of their spread:
    ///
    /// ```
    /// d′ = |μ₁ − μ₀| / √((σ₁² + σ₀²) / 2)
    /// ```
    ///
    /// The variances are those of the weighted scores themselves (divided by the sum of the weights). Two
    /// constant sets have d′ = 0 if the constants are equal and +∞ otherwise.
    public func dPrime() -> Double {
        let (genuineMean, genuineVariance) = moments(genuine)
        let (impostorMean, impostorVariance) = moments(impostor)
        let distance = (genuineMean - impostorMean).magnitude
        return distance == 0 ? 0 : distance / ((genuineVariance + impostorVariance) / 2).squareRoot()
    }
}

/// Mean and variance, the second from deviations so that a large mean costs no digits.
private func moments(_ side: WeightedScores) -> (mean: Double, variance: Double) {
    // Deviations from one of the scores make the moments of a constant set exact.
    let origin = side.scores[side.count / 2]
    var sum = 0.0
    for place in 0..<side.count { sum += side.weight(at: place) * (side.scores[place] - origin) }
    let offset = sum / side.total
    var squares = 0.0
    for place in 0..<side.count {
        let deviation = side.scores[place] - origin - offset
        squares += side.weight(at: place) * deviation * deviation
    }
    return (origin + offset, squares / side.total)
}

extension Metric {
    /// The distance of the score distributions in units of their spread.
    public static let dPrime = Metric(name: "d-prime[population variances]") { $0.dPrime() }
}
