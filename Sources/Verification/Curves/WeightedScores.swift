/// Sorted scores and the weight below each: the step function that both error rates are made of.
struct WeightedScores: Sendable {
    /// Ascending.
    let scores: [Double]
    /// The weight of all scores before a place, for places 0 … count; none if every score weighs one.
    private(set) var cumulative: [Double]?
    /// Sums over the scores, where a draw has made them.
    private(set) var sums: ScoreSums?

    /// Scores that weigh one each.
    init(sorted scores: [Double]) {
        self.scores = scores
        cumulative = nil
    }

    /// Scores with weights, in one order.
    init(_ scores: [Double], weights: [Double]) {
        let (sorted, places) = ascendingWithPlaces(scores)
        var cumulative = [0.0]
        cumulative.reserveCapacity(scores.count + 1)
        var sum = 0.0
        for place in places {
            sum += weights[Int(place)]
            cumulative.append(sum)
        }
        self.scores = sorted
        self.cumulative = cumulative
    }

    var count: Int { scores.count }

    /// The weight of all scores.
    var total: Double { weight(before: count) }

    /// The weight of the scores at places 0 ..< place.
    func weight(before place: Int) -> Double {
        cumulative.map { $0[place] } ?? Double(place)
    }

    /// The weight of one score.
    func weight(at place: Int) -> Double {
        cumulative.map { $0[place + 1] - $0[place] } ?? 1
    }

    /// Calls `body` with the scores and with the weights before each place (none if every score weighs one), for
    /// loops over all of them.
    @inline(__always)
    func withParts<Result>(
        _ body: (_ scores: UnsafeBufferPointer<Double>, _ cumulative: UnsafeBufferPointer<Double>?) -> Result
    ) -> Result {
        scores.withUnsafeBufferPointer { scores in
            guard let cumulative else { return body(scores, nil) }
            return cumulative.withUnsafeBufferPointer { body(scores, $0) }
        }
    }

    /// The weight of the scores under a threshold.
    func weight(below threshold: Double) -> Double {
        weight(before: firstPlace { scores[$0] >= threshold })
    }

    /// The first place at which a condition holds that, once true, stays true; `count` if there is none.
    func firstPlace(where holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }

    /// The first place after the scores equal to the one at `place`.
    func endOfTies(at place: Int) -> Int {
        var end = place + 1
        while end < count, scores[end] == scores[place] { end += 1 }
        return end
    }

    /// Gives each score the product of its two identities' counts as weight.
    ///
    /// Counts are whole numbers, so the sums are exact up to 2⁵³.
    ///
    /// - Parameter summing: whether ``sums`` are wanted, which take as long again.
    mutating func reweight(as resampled: ResampledScores, counts: [Double], summing: Bool) {
        var sums = cumulative ?? Array(repeating: 0, count: count + 1)
        cumulative = nil
        self.sums = summing ? resampled.sums(counts: counts) : nil
        sums.withUnsafeMutableBufferPointer { sums in
            counts.withUnsafeBufferPointer { counts in
                resampled.left.withUnsafeBufferPointer { left in
                    resampled.right.withUnsafeBufferPointer { right in
                        var sum = 0.0
                        for place in left.indices {
                            sum += counts[Int(left[place])] * counts[Int(right[place])]
                            sums[place + 1] = sum
                        }
                    }
                }
            }
        }
        cumulative = sums
    }
}
