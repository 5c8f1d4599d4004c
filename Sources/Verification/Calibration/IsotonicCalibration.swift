import Foundation

/// Scores made into log-likelihood ratios by a function that never falls, fitted by pooling adjacent violators.
///
/// One genuine and one impostor trial are imagined beyond either end, so that no ratio is infinite. Between two
/// blocks of the fit the ratio is interpolated linearly in the score; beyond the ends it is constant. Fit it on
/// other trials than those it is judged on.
public struct IsotonicCalibration: Hashable, Sendable, Codable {
    /// A block of the fit: scores from `lowest` to `highest` have one ratio.
    public struct Step: Hashable, Sendable, Codable {
        public let lowest: Double
        public let highest: Double
        /// The natural logarithm of the likelihood ratio.
        public let logLikelihoodRatio: Double
    }

    /// The blocks, ascending in score and in ratio.
    public let steps: [Step]

    /// Fits the function, in O(n log n).
    public init(fitting scores: Scores) {
        let curve = ErrorRateCurve(scores)
        var pool = PoolOfAdjacentViolators()
        pool.append(PooledBlock(lowest: -.infinity, highest: -.infinity, genuine: 1, impostor: 1))
        curve.forEachDistinctScore { pool.append($0) }
        pool.append(PooledBlock(lowest: .infinity, highest: .infinity, genuine: 1, impostor: 1))
        let genuineWeight = curve.genuineWeight + 2
        let impostorWeight = curve.impostorWeight + 2
        let lowest = min(curve.genuine.scores[0], curve.impostor.scores[0])
        let highest = max(scores.genuine.reduce(lowest, max), scores.impostor.reduce(lowest, max))
        // A block of imagined trials alone is no score's.
        steps = pool.blocks.filter { $0.highest > -.infinity && $0.lowest < .infinity }.map { block in
            Step(
                lowest: max(block.lowest, lowest), highest: min(block.highest, highest),
                logLikelihoodRatio: log(block.genuine / genuineWeight) - log(block.impostor / impostorWeight))
        }
    }

    /// The log-likelihood ratio of a score.
    public func callAsFunction(_ score: Double) -> Double {
        // The first step that does not end below the score, by halving: steps ascend.
        var (above, end) = (0, steps.count)
        while above < end {
            let middle = (above + end) / 2
            if score <= steps[middle].highest { end = middle } else { above = middle + 1 }
        }
        guard above < steps.count else { return steps[steps.count - 1].logLikelihoodRatio }
        let step = steps[above]
        guard score < step.lowest, above > 0 else { return step.logLikelihoodRatio }
        let below = steps[above - 1]
        let share = (score - below.highest) / (step.lowest - below.highest)
        return below.logLikelihoodRatio + share * (step.logLikelihoodRatio - below.logLikelihoodRatio)
    }
}
