import Foundation

extension ErrorRateCurve {
    /// The cost of scores taken as log-likelihood ratios ℓ, in bits, averaged over all applications:
    ///
    /// ```
    /// Cllr = ½ [ mean over genuine of log₂(1 + e^−ℓ) + mean over impostors of log₂(1 + e^ℓ) ]
    /// ```
    ///
    /// 0 for a perfect system, 1 for ℓ ≡ 0, and without bound for scores that are sure and wrong.
    /// Brümmer and du Preez 2006.
    public func logLikelihoodRatioCost() -> Double {
        let misses = genuine.meanCost { softplus(-$0) }
        let falseAccepts = impostor.meanCost { softplus($0) }
        return (misses + falseAccepts) / (2 * log(2))
    }

    /// ``logLikelihoodRatioCost()`` after the best calibration that keeps the order of scores, isotonic regression
    /// on the same trials: what the scores' order alone can tell. In [0, 1].
    public func minimumLogLikelihoodRatioCost() -> Double {
        var cost = 0.0
        for block in pooledBlocks() {
            let genuineShare = block.genuine / genuineWeight
            let impostorShare = block.impostor / impostorWeight
            // A block of one kind only has an infinite ratio, rightly so, and costs nothing.
            guard genuineShare > 0, impostorShare > 0 else { continue }
            cost += genuineShare * log1p(impostorShare / genuineShare)
            cost += impostorShare * log1p(genuineShare / impostorShare)
        }
        return cost / (2 * log(2))
    }
}

extension WeightedScores {
    /// The weighted mean of what scores cost as log-likelihood ratios.
    @inline(__always)
    fileprivate func meanCost(_ function: (Double) -> Double) -> Double {
        if let sums { return sums.logarithmicCost / total }
        return withParts { scores, before in
            var sum = 0.0
            for place in 0..<scores.count {
                let weight = before.map { $0[place + 1] - $0[place] } ?? 1
                if weight > 0 { sum += weight * function(scores[place]) }
            }
            return sum
        } / total
    }
}

/// ln(1 + eˣ) without overflow.
func softplus(_ x: Double) -> Double {
    max(x, 0) + log1p(exp(-x.magnitude))
}

extension Metric {
    /// The cost of scores taken as natural-logarithm likelihood ratios, in bits.
    public static let logLikelihoodRatioCost = Metric(name: "Cllr[scores as LLRs, bits]", sumsScores: true) {
        $0.logLikelihoodRatioCost()
    }

    /// The least such cost under isotonic calibration on the same trials, in bits.
    public static let minimumLogLikelihoodRatioCost = Metric(name: "min Cllr[isotonic, bits]") {
        $0.minimumLogLikelihoodRatioCost()
    }
}
