/// A threshold chosen for a false accept rate, with all that is needed to judge it later.
///
/// It is chosen on development scores and kept with the model; choosing it on the scores it is then tested on
/// would flatter the test.
///
/// ```swift
/// let threshold = try DecisionThreshold(
///     falseAcceptRate: 1e-3, on: developmentScores, source: "faces_orl fold 0, development identities")
/// threshold.accepts(0.71)
/// ```
public struct DecisionThreshold: Hashable, Sendable, Codable {
    /// A score of at least this is accepted.
    public let threshold: Double
    /// The false accept rate that was asked for.
    public let falseAcceptRateAsked: Double
    /// The false accept rate on the development scores: the highest attainable one that is not over the rate asked.
    public let falseAcceptRateAttained: Double
    /// The share of genuine development trials that are accepted.
    public let trueAcceptRate: Double
    /// The number of genuine development trials.
    public let genuineCount: Int
    /// The number of impostor development trials.
    public let impostorCount: Int
    /// What the development scores were made from, in words.
    public let source: String
    /// Whether the rate asked is at least 30 / `impostorCount`; below, the attained rate is mostly chance.
    public let isSupported: Bool

    /// Chooses the lowest development score at which FAR ≤ `falseAcceptRate`, or a number just above the
    /// highest score if there is none.
    ///
    /// - Parameters:
    ///   - falseAcceptRate: the rate asked for, 0 < rate < 1.
    ///   - scores: development scores, of other identities than those tested later.
    ///   - source: a description of the data the scores came from.
    ///   - allowingUnsupported: whether a rate below 30 / (number of impostor trials) may be asked for.
    /// - Throws: ``VerificationError/rateOutOfRange(what:value:allowed:)``, or
    ///   ``VerificationError/unsupportedFalseAcceptRate(asked:impostorCount:)`` unless that is allowed.
    public init(
        falseAcceptRate: Double, on scores: Scores, source: String, allowingUnsupported: Bool = false
    ) throws(VerificationError) {
        try self.init(
            falseAcceptRate, on: ErrorRateCurve(scores), source: source, allowingUnsupported: allowingUnsupported)
    }

    /// Chooses a threshold in the same way on scores that carry identities, with the same errors.
    public init(
        falseAcceptRate: Double, on trials: ScoredTrials, source: String, allowingUnsupported: Bool = false
    ) throws(VerificationError) {
        try self.init(
            falseAcceptRate, on: trials.curve, source: source, allowingUnsupported: allowingUnsupported)
    }

    private init(
        _ falseAcceptRate: Double, on curve: ErrorRateCurve, source: String, allowingUnsupported: Bool
    ) throws(VerificationError) {
        guard falseAcceptRate > 0, falseAcceptRate < 1 else {
            throw .rateOutOfRange(
                what: "false accept rate", value: falseAcceptRate, allowed: "above 0 and below 1")
        }
        genuineCount = curve.genuine.count
        impostorCount = curve.impostor.count
        isSupported = falseAcceptRate >= lowestSupportedFalseAcceptRate(impostorCount: impostorCount)
        guard isSupported || allowingUnsupported else {
            throw .unsupportedFalseAcceptRate(asked: falseAcceptRate, impostorCount: impostorCount)
        }
        let point = curve.lowestPoint(falseAcceptRateAtMost: falseAcceptRate)
        threshold = point.threshold
        falseAcceptRateAsked = falseAcceptRate
        falseAcceptRateAttained = point.falseAcceptRate
        trueAcceptRate = point.trueAcceptRate
        self.source = source
    }

    /// Whether a score is accepted as "same".
    public func accepts(_ score: Double) -> Bool {
        score >= threshold
    }
}
