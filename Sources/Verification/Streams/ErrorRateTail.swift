/// The end of a curve that low false accept rates need: all genuine scores, and the highest impostor scores of more
/// than could be kept.
///
/// Below the kept scores the curve is not known, so the highest rate that can be read is that of the lowest of them.
/// Up to there numbers are what they would be had all scores been kept; conventions that look at the next higher rate
/// as well (``FalseAcceptConvention/interpolated``, ``FalseAcceptConvention/nearest``) need all scores that tie with
/// the lowest one kept.
public struct ErrorRateTail: Sendable {
    /// The number of all impostor trials, most of which are not kept.
    public let impostorCount: Int
    public let genuineCount: Int
    /// The number of impostor scores kept.
    public let keptCount: Int
    private let curve: ErrorRateCurve

    /// How many impostor scores must be kept to read a rate: one more than it accepts.
    public static func keptCount(falseAcceptRate: Double, impostorCount: Int) -> Int {
        min(impostorCount, Int(falseAcceptRate * Double(impostorCount)) + 2)
    }

    /// Takes scores.
    ///
    /// - Parameters:
    ///   - genuine: the scores of all genuine trials.
    ///   - largestImpostor: the largest scores of the impostor trials.
    ///   - impostorCount: the number of all impostor trials.
    /// - Throws: ``VerificationError`` if a side is empty or a score is not finite.
    public init(
        genuine: [Float], largestImpostor: [Float], impostorCount: Int
    ) throws(VerificationError) {
        let scores = try Scores(genuine: genuine, impostor: largestImpostor)
        precondition(largestImpostor.count <= impostorCount, "no more scores than trials")
        self.impostorCount = impostorCount
        genuineCount = genuine.count
        keptCount = largestImpostor.count
        // The trials that are not kept stand for one score just under those that are, with their number for its weight.
        let rest = impostorCount - keptCount
        let lowest = scores.impostor.reduce(.infinity, min).nextDown
        let impostor = rest > 0 ? [lowest] + scores.impostor : scores.impostor
        let weights = (rest > 0 ? [Double(rest)] : []) + Array(repeating: 1, count: keptCount)
        curve = ErrorRateCurve(
            genuine: WeightedScores(sorted: ascending(scores.genuine)),
            impostor: WeightedScores(impostor, weights: weights))
    }

    /// TAR@FAR by a convention.
    ///
    /// - Throws: ``VerificationError/rateOutOfRange(what:value:allowed:)`` above the highest rate that can be read.
    public func trueAcceptRate(
        atFalseAcceptRate rate: Double, _ convention: FalseAcceptConvention
    ) throws(VerificationError) -> NamedValue {
        try check(rate)
        return NamedValue(
            name: Metric.trueAcceptRate(atFalseAcceptRate: rate, convention).name,
            value: curve.trueAcceptRate(atFalseAcceptRate: rate, convention),
            isSupported: rate >= lowestSupportedFalseAcceptRate(impostorCount: impostorCount))
    }

    /// The lowest score at which the false accept rate is not over the rate asked, and the point it has.
    ///
    /// - Throws: ``VerificationError/rateOutOfRange(what:value:allowed:)`` above the highest rate that can be read.
    public func lowestPoint(falseAcceptRateAtMost rate: Double) throws(VerificationError) -> OperatingPoint {
        try check(rate)
        return curve.lowestPoint(falseAcceptRateAtMost: rate)
    }

    private func check(_ rate: Double) throws(VerificationError) {
        let isKnown = keptCount == impostorCount || rate * Double(impostorCount) < Double(keptCount)
        guard rate > 0, rate < 1, isKnown else {
            throw .rateOutOfRange(
                what: "false accept rate", value: rate,
                allowed: keptCount == impostorCount
                    ? "above 0 and below 1"
                    : "above 0 and below \(scientific(Double(keptCount) / Double(impostorCount))), the share of "
                        + "impostor scores that were kept")
        }
    }
}
