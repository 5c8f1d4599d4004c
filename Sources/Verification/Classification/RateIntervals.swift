/// Chooses between intervals of rates by what is known: none, Wilson's, or that of replicates.
struct RateIntervals {
    /// Whether samples come in groups, and are not independent.
    let isGrouped: Bool
    let confidence: Double
    let isWanted: Bool

    /// The interval of a rate: Wilson's over independent samples; over groups the percentiles, or, where all or none
    /// succeeded and replicates do not vary, Wilson's with every group counted as one sample. Nothing follows from a
    /// single group.
    func interval(of successCount: Int, among count: Int, replicates: [Double], unitCount: Int) -> Interval? {
        guard isWanted, count > 0 else { return nil }
        guard isGrouped else {
            return Interval(wilsonScoreOf: successCount, among: count, confidence: confidence)
        }
        guard unitCount > 1 else { return nil }
        if successCount == 0 || successCount == count {
            return Interval(
                wilsonScoreOf: successCount == 0 ? 0 : unitCount, among: unitCount, confidence: confidence)
        }
        return percentile(replicates)
    }

    /// Between the percentiles; none where nothing varies.
    func percentile(_ replicates: [Double]) -> Interval? {
        guard varies(replicates) else { return nil }
        return Interval(percentilesOf: replicates, confidence: confidence)
    }

    /// The percentiles mirrored at the value; none where nothing varies.
    func basic(_ replicates: [Double], value: Double, limits: ClosedRange<Double>) -> Interval? {
        guard varies(replicates) else { return nil }
        return Interval(basicOf: replicates, value: value, limits: limits, confidence: confidence)
    }

    /// The least interval that holds both.
    func hull(_ first: Interval?, _ second: Interval?) -> Interval? {
        guard let first else { return nil }
        guard let second else { return first }
        return Interval(
            lower: min(first.lower, second.lower), upper: max(first.upper, second.upper), confidence: confidence)
    }

    private func varies(_ replicates: [Double]) -> Bool {
        guard isWanted, let first = replicates.first else { return false }
        return replicates.contains { $0 != first }
    }
}
