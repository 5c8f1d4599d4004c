/// A range that a number lies in with a stated confidence.
public struct Interval: Hashable, Sendable, Codable {
    /// The lower end.
    public let lower: Double
    /// The upper end.
    public let upper: Double
    /// The confidence, for example 0.95.
    public let confidence: Double

    /// Names the ends of a range.
    public init(lower: Double, upper: Double, confidence: Double) {
        self.lower = lower
        self.upper = upper
        self.confidence = confidence
    }

    /// The percentile interval of bootstrap replicates: between their (1 − confidence)/2 and (1 + confidence)/2
    /// quantiles.
    ///
    /// - Parameters:
    ///   - replicates: at least one number, none of them NaN, in any order.
    ///   - confidence: 0 < confidence < 1.
    public init(percentilesOf replicates: [Double], confidence: Double) {
        precondition(!replicates.isEmpty, "an interval needs replicates")
        precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
        let sorted = replicates.sorted()
        self.init(
            lower: quantile((1 - confidence) / 2, ofSorted: sorted),
            upper: quantile((1 + confidence) / 2, ofSorted: sorted),
            confidence: confidence)
    }

    /// Whether a number lies in the range, its ends included.
    public func contains(_ value: Double) -> Bool {
        lower <= value && value <= upper
    }
}

/// The value at share p of the way from the lowest to the highest of n sorted numbers, linear between the
/// neighbours of place p·(n − 1) (Hyndman and Fan's type 7).
func quantile(_ share: Double, ofSorted sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let lower = sorted[Int(place)]
    let upper = sorted[min(Int(place) + 1, sorted.count - 1)]
    let fraction = place - place.rounded(.down)
    // Infinite neighbours bear no arithmetic where none is needed.
    return lower == upper || fraction == 0 ? lower : lower + fraction * (upper - lower)
}
