/// False accepts and false rejects at every threshold: what every detection metric is computed from.
///
/// A threshold t accepts a score ≥ t. With genuine weights g and impostor weights h,
///
/// ```
/// FRR(t) = Σ g[score < t] / Σ g        FAR(t) = Σ h[score ≥ t] / Σ h
/// ```
///
/// Equal scores move together: there is one operating point per distinct score, and one that accepts nothing.
/// Sorting happens once, when the curve is made; a rate at a threshold then costs O(log n).
public struct ErrorRateCurve: Sendable {
    private(set) var genuine: WeightedScores
    private(set) var impostor: WeightedScores
    /// Where the curve turns, whatever the weights.
    let runs: CurveRuns

    init(genuine: WeightedScores, impostor: WeightedScores) {
        self.genuine = genuine
        self.impostor = impostor
        runs = CurveRuns(genuine: genuine.scores, impostor: impostor.scores)
    }

    /// The curve of a set of scores, each trial counted once.
    public init(_ scores: Scores) {
        self.init(
            genuine: WeightedScores(sorted: ascending(scores.genuine)),
            impostor: WeightedScores(sorted: ascending(scores.impostor)))
    }

    /// The curve of a set of scores in which each trial counts as much as its weight says.
    ///
    /// - Parameters:
    ///   - scores: the trials.
    ///   - genuineWeights: one weight ≥ 0 per genuine trial, in the order of `scores.genuine`.
    ///   - impostorWeights: one weight ≥ 0 per impostor trial, in the order of `scores.impostor`.
    /// - Throws: ``VerificationError`` if counts differ, a weight is negative or not finite, or all weights of
    ///   one side are zero.
    public init(
        _ scores: Scores, genuineWeights: [Double], impostorWeights: [Double]
    ) throws(VerificationError) {
        self.init(
            genuine: try weighted(scores.genuine, genuineWeights, set: "genuine"),
            impostor: try weighted(scores.impostor, impostorWeights, set: "impostor"))
        guard genuine.total > 0 else { throw .noGenuineTrials }
        guard impostor.total > 0 else { throw .noImpostorTrials }
    }

    /// The weight of all genuine trials: their number, if they weigh one each.
    public var genuineWeight: Double { genuine.total }

    /// The weight of all impostor trials: their number, if they weigh one each.
    public var impostorWeight: Double { impostor.total }

    /// The error rates at a threshold, in O(log n).
    public func point(at threshold: Double) -> OperatingPoint {
        OperatingPoint(
            threshold: threshold,
            falseAcceptRate: (impostorWeight - impostor.weight(below: threshold)) / impostorWeight,
            falseRejectRate: genuine.weight(below: threshold) / genuineWeight)
    }

    /// Gives every trial a new weight; the order of the scores stays.
    ///
    /// - Parameter summing: whether metrics will ask for sums over the scores themselves.
    mutating func reweight(as trials: ScoredTrials, counts: [Double], summing: Bool) {
        genuine.reweight(as: trials.genuine, counts: counts, summing: summing)
        impostor.reweight(as: trials.impostor, counts: counts, summing: summing)
    }
}

private func weighted(
    _ scores: [Double], _ weights: [Double], set: String
) throws(VerificationError) -> WeightedScores {
    guard weights.count == scores.count else {
        throw .countMismatch(what: "\(set) weights", count: weights.count, expected: scores.count)
    }
    if let trial = weights.firstIndex(where: { !($0.isFinite && $0 >= 0) }) {
        throw .invalidWeight(set: set, trial: trial, value: "\(weights[trial])")
    }
    return WeightedScores(scores, weights: weights)
}
