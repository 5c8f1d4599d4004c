/// The rows that can be among the best of a search, where each score is known to within an error.
///
/// With sᵢ − eᵢ ≤ tᵢ ≤ sᵢ + eᵢ for the true score tᵢ, and L the k-th largest of all sᵢ − eᵢ, at least k rows have a
/// true score of L or more. So a row with sᵢ + eᵢ < L is not among the k best, however ties are broken, and all
/// others are kept.
struct CandidateList {
    private let wanted: Int
    /// The largest lower bounds, ascending, at most `wanted` of them.
    private var lowerBounds: [Float] = []
    private var candidates: [(row: Int, upperBound: Float)] = []
    private var sizeToThin = 1024
    /// L so far; what lies below need not be offered.
    private(set) var floor = -Float.infinity

    /// - Parameter wanted: k, at least 1.
    init(wanted: Int) {
        precondition(wanted > 0, "no best rows are asked for")
        self.wanted = wanted
    }

    /// Takes a row up if it can be among the best so far.
    mutating func offer(_ row: Int, score: Float, error: Float) {
        guard score + error >= floor else { return }
        candidates.append((row, score + error))
        raise(to: score - error)
        if candidates.count >= sizeToThin {
            thin()
            sizeToThin = max(1024, 2 * candidates.count)
        }
    }

    /// Takes up what another part of the rows has found.
    mutating func merge(_ other: CandidateList) {
        for bound in other.lowerBounds { raise(to: bound) }
        candidates += other.candidates
    }

    /// The rows that are left, in no order.
    mutating func rows() -> [Int] {
        thin()
        return candidates.map(\.row)
    }

    private mutating func raise(to bound: Float) {
        if lowerBounds.count == wanted {
            guard bound > lowerBounds[0] else { return }
            lowerBounds.removeFirst()
        }
        var (low, high) = (0, lowerBounds.count)
        while low < high {
            let middle = (low + high) / 2
            if lowerBounds[middle] < bound { low = middle + 1 } else { high = middle }
        }
        lowerBounds.insert(bound, at: low)
        if lowerBounds.count == wanted { floor = lowerBounds[0] }
    }

    private mutating func thin() {
        let floor = floor
        candidates.removeAll { $0.upperBound < floor }
    }
}
