/// The error rates of a speaker verifier at one threshold, spoofs apart: its part in a tandem cost.
public struct SpeakerVerifierRates: Hashable, Sendable, Codable {
    /// A score of at least this is accepted.
    public let threshold: Double
    /// The share of target trials that are rejected.
    public let missRate: Double
    /// The share of non-target trials that are accepted.
    public let falseAcceptRate: Double
    /// The share of spoofed trials that are rejected.
    public let spoofMissRate: Double

    public init(threshold: Double, missRate: Double, falseAcceptRate: Double, spoofMissRate: Double) {
        self.threshold = threshold
        self.missRate = missRate
        self.falseAcceptRate = falseAcceptRate
        self.spoofMissRate = spoofMissRate
    }

    /// The rates at the threshold of the equal error rate between targets and non-targets, by the organisers'
    /// convention (``EqualErrorRate/Convention/meanAtClosestTiesSplit``).
    ///
    /// - Parameters:
    ///   - verifier: targets as genuine, non-targets as impostor trials.
    ///   - spoof: the verifier's scores of spoofed trials, of one attack or of all.
    /// - Throws: ``VerificationError/noSpoofTrials``, ``VerificationError/nonFiniteScore(set:trial:value:)``.
    public init(atEqualErrorRateOf verifier: ErrorRateCurve, spoof: [Double]) throws(VerificationError) {
        guard !spoof.isEmpty else { throw .noSpoofTrials }
        try requireFinite(spoof, set: "spoof")
        let threshold = verifier.equalErrorRate(.meanAtClosestTiesSplit).threshold
        let point = verifier.point(at: threshold)
        self.init(
            threshold: threshold, missRate: point.falseRejectRate, falseAcceptRate: point.falseAcceptRate,
            spoofMissRate: Double(spoof.count { $0 < threshold }) / Double(spoof.count))
    }
}
