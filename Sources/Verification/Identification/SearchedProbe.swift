/// One probe's search of a gallery, reduced to what identification needs, so that searches can be streamed.
public struct SearchedProbe: Sendable {
    /// The best item of the probe's identity.
    struct Mate: Sendable {
        let bestMate: Double
        /// The items that tie with it.
        let group: TieGroup
    }

    /// None for a probe whose identity is not in the gallery.
    let mate: Mate?
    /// The best score of all.
    let best: Double

    /// Searches a gallery.
    ///
    /// - Parameters:
    ///   - scores: one score per gallery item, higher is nearer.
    ///   - label: the probe's identity.
    ///   - itemLabels: the identity of every gallery item.
    public init(scores: UnsafeBufferPointer<Float>, label: UInt32, itemLabels: [UInt32]) {
        self.init(scores) { itemLabels[$0] == label }
    }

    /// The same for scores of any precision.
    init<Score: BinaryFloatingPoint>(_ scores: UnsafeBufferPointer<Score>, isMate: (Int) -> Bool) {
        var (best, bestMate) = (-Score.infinity, -Score.infinity)
        for item in scores.indices {
            best = max(best, scores[item])
            if isMate(item) { bestMate = max(bestMate, scores[item]) }
        }
        self.best = Double(best)
        mate =
            bestMate > -.infinity
            ? Mate(
                bestMate: Double(bestMate),
                group: TieGroup(of: scores, at: bestMate, relevantBefore: 0, isRelevant: isMate)
            ) : nil
    }
}
