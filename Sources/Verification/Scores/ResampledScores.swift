/// Sorted scores with the two identities of each, whose draw counts multiply to the trial's weight.
///
/// With counts w, a genuine trial of identity i weighs w_i · w_i and an impostor trial of i and j weighs
/// w_i · w_j, as docs/Methods.md asks: the same product, since both sides of a genuine trial are i.
struct ResampledScores: Sendable {
    /// Ascending.
    let scores: [Double]
    let left: [UInt32]
    let right: [UInt32]
    /// What each score costs as a log-likelihood ratio, in nats: an exponential and a logarithm that every draw
    /// would have to take again.
    let costs: [Double]

    /// From which deviations are taken.
    var origin: Double { scores[scores.count / 2] }

    /// Collects trials in any order.
    struct Builder {
        /// Whether the trials are genuine, so that low scores cost.
        let isGenuine: Bool
        private var scores: [Double] = []
        private var left: [UInt32] = []
        private var right: [UInt32] = []

        init(isGenuine: Bool) {
            self.isGenuine = isGenuine
        }

        var isEmpty: Bool { scores.isEmpty }

        mutating func append(_ score: Double, _ left: UInt32, _ right: UInt32) {
            scores.append(score)
            self.left.append(left)
            self.right.append(right)
        }

        func sorted() -> ResampledScores {
            let (scores, places) = ascendingWithPlaces(scores)
            return ResampledScores(
                scores: scores,
                left: places.map { left[Int($0)] },
                right: places.map { right[Int($0)] },
                costs: scores.map { softplus(isGenuine ? -$0 : $0) })
        }
    }
}
