/// The scores of a verification test: one set of genuine trials, one of impostor trials.
///
/// A score is a similarity: *higher means same* (or "bona fide", where the genuine trials are bona fide and
/// the impostors spoofs). A distance must be negated before it comes here. Neither set is empty and every
/// score is finite, so whatever is computed from a value of this type has a meaning.
///
/// ```swift
/// let scores = try Scores(genuine: [0.9, 0.8, 0.4], impostor: [0.5, 0.3, 0.2, 0.1])
/// let curve = ErrorRateCurve(scores)
/// curve.equalErrorRate(.interpolated).rate  // 1/4
/// ```
public struct Scores: Hashable, Sendable {
    /// Scores of pairs of one identity, in the order given.
    public let genuine: [Double]
    /// Scores of pairs of different identities, in the order given.
    public let impostor: [Double]

    /// Takes two sets of scores.
    ///
    /// - Throws: ``VerificationError`` if a set is empty or a score is not finite.
    public init(genuine: [Double], impostor: [Double]) throws(VerificationError) {
        guard !genuine.isEmpty else { throw .noGenuineTrials }
        guard !impostor.isEmpty else { throw .noImpostorTrials }
        try requireFinite(genuine, set: "genuine")
        try requireFinite(impostor, set: "impostor")
        self.genuine = genuine
        self.impostor = impostor
    }

    /// Takes two sets of single-precision scores, such as matrix products deliver.
    ///
    /// - Throws: ``VerificationError`` if a set is empty or a score is not finite.
    public init(
        genuine: some Sequence<Float>, impostor: some Sequence<Float>
    ) throws(VerificationError) {
        try self.init(genuine: genuine.map(Double.init), impostor: impostor.map(Double.init))
    }

    /// Takes a stream of labelled scores and parts it.
    ///
    /// - Throws: ``VerificationError`` if one side stays empty or a score is not finite; the trial's number in
    ///   the message then counts within its own side.
    public init(labelled trials: some Sequence<(score: Double, isGenuine: Bool)>) throws(VerificationError) {
        var genuine: [Double] = []
        var impostor: [Double] = []
        for trial in trials {
            if trial.isGenuine {
                genuine.append(trial.score)
            } else {
                impostor.append(trial.score)
            }
        }
        try self.init(genuine: genuine, impostor: impostor)
    }
}

/// Refuses a list of scores that has a NaN or an infinity in it, naming the first.
func requireFinite(_ scores: [Double], set: String) throws(VerificationError) {
    if let trial = scores.firstIndex(where: { !$0.isFinite }) {
        throw .nonFiniteScore(set: set, trial: trial, value: "\(scores[trial])")
    }
}
