/// The largest scores of a stream, exactly, in memory for twice as many as are asked for.
///
/// A score that is not above ``threshold`` cannot be among them and need not be offered. For scores that come in any
/// order, all but about k · ln(n / k) of n fail that test.
public struct LargestScores: Sendable {
    /// How many are kept, k.
    public let capacity: Int
    /// The k-th largest score so far, as of when that was last determined; −∞ before.
    public private(set) var threshold = -Float.infinity
    private var candidates: [Float] = []

    /// Keeps so many.
    ///
    /// - Precondition: `capacity` > 0.
    public init(capacity: Int) {
        precondition(capacity > 0, "at least one score is kept")
        self.capacity = capacity
    }

    /// Offers scores.
    public mutating func offer(_ scores: UnsafeBufferPointer<Float>) {
        for score in scores where score > threshold {
            candidates.append(score)
            if candidates.count >= 2 * capacity { drop() }
        }
    }

    /// Offers what another stream kept.
    public mutating func merge(_ other: LargestScores) {
        other.candidates.withUnsafeBufferPointer { offer($0) }
    }

    /// The largest scores, ascending; all, if fewer than ``capacity`` were offered.
    public func ascending() -> [Float] {
        Array(sortedCandidates().suffix(capacity))
    }

    private func sortedCandidates() -> [Float] {
        // Exact: every Float is a Double.
        Verification.ascending(candidates.map(Double.init)).map { Float($0) }
    }

    private mutating func drop() {
        candidates = ascending()
        threshold = candidates[0]
    }
}
