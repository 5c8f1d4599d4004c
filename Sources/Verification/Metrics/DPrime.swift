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
        let genuine = Moments(genuine)
        let impostor = Moments(impostor)
        let distance = ((genuine.origin - impostor.origin) + (genuine.offset - impostor.offset)).magnitude
        return distance == 0 ? 0 : distance / ((genuine.variance + impostor.variance) / 2).squareRoot()
    }
}

/// Mean and variance of weighted scores.
private struct Moments {
    /// One of the scores, from which deviations are taken: a large mean then costs no digits, and the moments of
    /// a constant set are exact.
    let origin: Double
    /// The mean less the origin.
    let offset: Double
    let variance: Double

    init(_ side: WeightedScores) {
        if let sums = side.sums {
            origin = sums.origin
            offset = sums.deviation / side.total
            // The origin is the median, so little is lost in the difference.
            variance = max(0, sums.squaredDeviation / side.total - offset * offset)
            return
        }
        let origin = side.scores[side.count / 2]
        var sum = 0.0
        for place in 0..<side.count { sum += side.weight(at: place) * (side.scores[place] - origin) }
        let offset = sum / side.total
        var squares = 0.0
        for place in 0..<side.count {
            let deviation = side.scores[place] - origin - offset
            squares += side.weight(at: place) * deviation * deviation
        }
        self.origin = origin
        self.offset = offset
        variance = squares / side.total
    }
}

extension Metric {
    /// The distance of the score distributions in units of their spread.
    public static let dPrime = Metric(name: "d-prime[population variances]", sumsScores: true) {
        $0.dPrime()
    }
}
