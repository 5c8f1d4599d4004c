/// Pairs in folds of equal size, as LFW's view 2 has them, with one system's scores.
///
/// Accuracies that go by one name differ in how the threshold is chosen, so that stands in each name.
public struct FoldedPairs: Hashable, Sendable {
    /// One score per pair, higher for "same", in the order of the folds.
    public let scores: [Double]
    /// Whether each pair is of one identity.
    public let isSame: [Bool]
    /// The number of folds, each a run of consecutive pairs.
    public let foldCount: Int

    /// Takes pairs fold after fold.
    ///
    /// - Throws: ``VerificationError`` if counts differ, a score is not finite, or the pairs do not fill whole folds.
    public init(scores: [Double], isSame: [Bool], foldCount: Int = 10) throws(VerificationError) {
        guard scores.count == isSame.count else {
            throw .countMismatch(what: "scores", count: scores.count, expected: isSame.count)
        }
        guard foldCount > 1, !scores.isEmpty, scores.count.isMultiple(of: foldCount) else {
            throw .countMismatch(
                what: "pairs in \(foldCount) folds of equal size", count: scores.count,
                expected: max(1, scores.count / max(foldCount, 1)) * foldCount)
        }
        try requireFinite(scores, set: "folded")
        self.scores = scores
        self.isSame = isSame
        self.foldCount = foldCount
    }

    /// How the threshold of a fold is chosen from the other folds.
    public enum ThresholdChoice: String, CaseIterable, Codable, Sendable {
        /// Of all thresholds between and around the scores of the other folds, the lowest of those with the
        /// highest accuracy.
        case amongScores = "threshold of the other folds"
        /// Of the squared distances 0, 0.01, … 3.99 between unit vectors, 2 − 2·cosine, the first with the highest
        /// accuracy; a pair is "same" below it (FaceNet, InsightFace). Scores must be cosines.
        case squaredDistanceGrid = "threshold of the other folds on squared L2 0, 0.01, ... 3.99"
    }

    /// The accuracy on folds whose threshold was chosen on the others, and its spread.
    public struct Accuracy: Hashable, Sendable, Codable {
        /// The mean over folds, with its convention.
        public let mean: NamedValue
        /// The standard deviation over folds (population).
        public let standardDeviation: Double
        /// The accuracy of each fold.
        public let folds: [Double]
        /// The threshold that each fold was tested with: a score, or a squared distance for the grid.
        public let thresholds: [Double]
    }

    /// LFW's accuracy: each fold tested with the threshold that suits the others best.
    public func accuracy(_ choice: ThresholdChoice) -> Accuracy {
        let foldSize = scores.count / foldCount
        var folds: [Double] = []
        var thresholds: [Double] = []
        for fold in 0..<foldCount {
            let held = (fold * foldSize)..<((fold + 1) * foldSize)
            let others = scores.indices.filter { !held.contains($0) }
            let rule: DecisionRule =
                switch choice {
                case .amongScores: DecisionRule.bestAmongScores(self, others)
                case .squaredDistanceGrid: DecisionRule.bestOfGrid(self, others)
                }
            folds.append(rule.accuracy(self, held))
            thresholds.append(rule.threshold)
        }
        let mean = folds.reduce(0, +) / Double(foldCount)
        let variance = folds.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(foldCount)
        return Accuracy(
            mean: NamedValue(name: "accuracy[\(foldCount) folds, \(choice.rawValue)]", value: mean),
            standardDeviation: variance.squareRoot(), folds: folds, thresholds: thresholds)
    }

    /// The accuracy of the threshold that suits these very pairs best (OpenSphere): optimistic, since what is
    /// tested has been looked at.
    public func optimisticAccuracy() -> NamedValue {
        let rule = DecisionRule.bestAmongScores(self, Array(scores.indices))
        return NamedValue(
            name: "accuracy[best threshold on the same pairs, optimistic]", value: rule.accuracy(self, scores.indices))
    }
}

/// A way to say "same".
private enum DecisionRule {
    case scoreAtLeast(Double)
    case squaredDistanceBelow(Double)

    var threshold: Double {
        switch self {
        case .scoreAtLeast(let threshold), .squaredDistanceBelow(let threshold): threshold
        }
    }

    func accepts(_ score: Double) -> Bool {
        switch self {
        case .scoreAtLeast(let threshold): score >= threshold
        case .squaredDistanceBelow(let threshold): 2 - 2 * score < threshold
        }
    }

    func accuracy(_ pairs: FoldedPairs, _ places: some Collection<Int>) -> Double {
        let right = places.count { accepts(pairs.scores[$0]) == pairs.isSame[$0] }
        return Double(right) / Double(places.count)
    }

    static func bestAmongScores(_ pairs: FoldedPairs, _ places: [Int]) -> DecisionRule {
        let sorted = places.sorted { pairs.scores[$0] < pairs.scores[$1] }
        // With the lowest score as threshold all are accepted; each score passed over turns into a rejection.
        var right = places.count { pairs.isSame[$0] }
        var best = (right: right, threshold: pairs.scores[sorted[0]])
        for (rank, place) in sorted.enumerated() {
            right += pairs.isSame[place] ? -1 : 1
            let score = pairs.scores[place]
            let next = rank + 1 < sorted.count ? pairs.scores[sorted[rank + 1]] : score.nextUp
            if next > score, right > best.right { best = (right, next) }
        }
        return .scoreAtLeast(best.threshold)
    }

    static func bestOfGrid(_ pairs: FoldedPairs, _ places: [Int]) -> DecisionRule {
        var best = (accuracy: -1.0, rule: DecisionRule.squaredDistanceBelow(0))
        for step in 0..<400 {
            let rule = DecisionRule.squaredDistanceBelow(Double(step) * 0.01)
            let accuracy = rule.accuracy(pairs, places)
            if accuracy > best.accuracy { best = (accuracy, rule) }
        }
        return best.rule
    }
}
