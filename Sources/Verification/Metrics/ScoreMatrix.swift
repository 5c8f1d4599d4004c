/// Scores of every probe (rows) against every gallery item (columns), higher for "same".
public struct ScoreMatrix: Hashable, Sendable {
    /// The number of rows.
    public let probeCount: Int
    /// The number of columns.
    public let galleryCount: Int
    /// The scores, row after row.
    public let values: [Double]

    /// Takes scores row by row.
    ///
    /// - Throws: ``VerificationError`` if there are no columns, if the scores do not fill whole rows or none, or
    ///   if one is not finite.
    public init(values: [Double], galleryCount: Int) throws(VerificationError) {
        guard galleryCount > 0 else {
            throw .countMismatch(what: "gallery items", count: galleryCount, expected: 1)
        }
        let probeCount = max(1, values.count / galleryCount)
        guard values.count == probeCount * galleryCount else {
            throw .countMismatch(
                what: "scores in \(galleryCount) columns", count: values.count, expected: probeCount * galleryCount)
        }
        try requireFinite(values, set: "matrix")
        self.probeCount = probeCount
        self.galleryCount = galleryCount
        self.values = values
    }

    /// The score of a probe against a gallery item.
    public subscript(probe: Int, item: Int) -> Double {
        values[probe * galleryCount + item]
    }

    /// Lends the scores of a probe.
    func withRow<Result>(_ probe: Int, _ body: (UnsafeBufferPointer<Double>) -> Result) -> Result {
        values.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[probe * galleryCount..<(probe + 1) * galleryCount]))
        }
    }

    /// The gallery items with the highest score of a probe, all of those that tie, among the items to look at.
    func best(for probe: Int, among items: some Sequence<Int>) -> [Int] {
        var best: [Int] = []
        var highest = -Double.infinity
        for item in items {
            let score = self[probe, item]
            if score > highest {
                highest = score
                best.removeAll(keepingCapacity: true)
            }
            if score == highest { best.append(item) }
        }
        return best
    }
}
