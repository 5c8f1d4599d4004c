/// Weighted sums over the scores of one side, from which moments and Cllr follow.
struct ScoreSums: Sendable {
    /// One of the scores, from which deviations are taken: a large mean then costs no digits, and the moments of
    /// constant scores are exact.
    let origin: Double
    /// Σ w (s − origin) and Σ w (s − origin)².
    var deviation = 0.0
    var squaredDeviation = 0.0
    /// Σ w ln(1 + e^∓s): what the scores cost as log-likelihood ratios, in nats.
    var logarithmicCost = 0.0
}

extension ResampledScores {
    /// The sums with the product of both identities' counts as weight.
    func sums(counts: [Double]) -> ScoreSums {
        var sums = ScoreSums(origin: origin)
        scores.withUnsafeBufferPointer { scores in
            costs.withUnsafeBufferPointer { costs in
                counts.withUnsafeBufferPointer { counts in
                    left.withUnsafeBufferPointer { left in
                        right.withUnsafeBufferPointer { right in
                            for place in left.indices {
                                let weight = counts[Int(left[place])] * counts[Int(right[place])]
                                let deviation = scores[place] - sums.origin
                                sums.deviation += weight * deviation
                                sums.squaredDeviation += weight * deviation * deviation
                                sums.logarithmicCost += weight * costs[place]
                            }
                        }
                    }
                }
            }
        }
        return sums
    }
}
