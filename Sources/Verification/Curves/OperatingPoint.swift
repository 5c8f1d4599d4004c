/// One threshold and the error rates it has: a point of the ROC and of the DET curve.
public struct OperatingPoint: Hashable, Sendable, Codable {
    /// A score of at least this is accepted.
    public let threshold: Double
    /// The share of impostor trials that are accepted, in [0, 1].
    public let falseAcceptRate: Double
    /// The share of genuine trials that are rejected, in [0, 1].
    public let falseRejectRate: Double

    /// The share of genuine trials that are accepted, in [0, 1].
    public var trueAcceptRate: Double { 1 - falseRejectRate }

    /// FRR − FAR: −1 where all is accepted, +1 where nothing is, rising with the threshold.
    var imbalance: Double { falseRejectRate - falseAcceptRate }
}
