/// Holm's step-down correction: of several comparisons at once, with probability `confidence` none is called a
/// difference that is none, however the comparisons depend on each other.
///
/// With p₍₁₎ ≤ … ≤ p₍ₖ₎ the comparison of rank i is read at the level (1 − confidence)/(k − i + 1), and the first that
/// fails ends it: the rest are read at that one's level, so that a comparison is rejected exactly if its interval
/// excludes 0.
///
/// Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979.
public struct HolmCorrection: Hashable, Sendable {
    /// The corrected p-values, in the order given: at most 1, and significant if at most 1 − `confidence`.
    public let adjusted: [Double]
    /// The confidence at which each comparison's interval is to be read, in the order given.
    public let confidences: [Double]

    /// - Precondition: p-values lie in 0 ... 1, 0 < `confidence` < 1.
    public init(pValues: [Double], confidence: Double = 0.95) {
        precondition(pValues.allSatisfy { 0...1 ~= $0 }, "p-values lie in 0 ... 1")
        precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
        let count = pValues.count
        var adjusted = Array(repeating: 1.0, count: count)
        var confidences = Array(repeating: confidence, count: count)
        var largest = 0.0
        var lastLevel: Double?
        for (rank, place) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
            largest = max(largest, min(1, Double(count - rank) * pValues[place]))
            adjusted[place] = largest
            let level = lastLevel ?? (1 - confidence) / Double(count - rank)
            confidences[place] = 1 - level
            if largest > 1 - confidence { lastLevel = level }
        }
        self.adjusted = adjusted
        self.confidences = confidences
    }
}
