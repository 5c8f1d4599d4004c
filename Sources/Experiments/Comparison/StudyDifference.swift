import Verification

/// How a system differs from the reference, with the noise over seeds and identities.
public struct StudyDifference: Hashable, Codable, Sendable {
    /// System − reference.
    public let value: Double
    /// The corrected interval.
    public let lower: Double
    public let upper: Double
    /// Corrected; at most 0.05 outside the noise.
    public let adjustedP: Double
    public let seedCount: Int
    public let drawCount: Int

    public var isOutsideNoise: Bool { !(lower <= 0 && 0 <= upper) }

    /// Numbers are rounded as ``DifferenceFile`` keeps them, so that tables are the same when they are read again.
    init(value: Double, lower: Double, upper: Double, adjustedP: Double, seedCount: Int, drawCount: Int) {
        func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
        self.value = rounded(value)
        self.lower = rounded(lower)
        self.upper = rounded(upper)
        self.adjustedP = rounded(adjustedP)
        self.seedCount = seedCount
        self.drawCount = drawCount
    }

    /// The differences of one table, corrected together.
    static func corrected(_ comparisons: [PairedComparison]) -> [StudyDifference] {
        let holm = HolmCorrection(pValues: comparisons.map(\.pValue))
        return comparisons.indices.map { place in
            let comparison = comparisons[place]
            let interval = comparison.interval(confidence: holm.confidences[place])
            return StudyDifference(
                value: comparison.difference, lower: interval.lower, upper: interval.upper,
                adjustedP: holm.adjusted[place], seedCount: comparison.seedCount, drawCount: comparison.drawCount)
        }
    }
}
