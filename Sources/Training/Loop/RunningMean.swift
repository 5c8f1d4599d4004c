/// The mean of what was added since the last reset, weighted by sample counts.
struct RunningMean {
    private var sum = 0.0
    private var weight = 0.0

    mutating func add(_ value: Double, weight: Double) {
        sum += value * weight
        self.weight += weight
    }

    /// `nil` when nothing was added.
    var value: Double? { weight > 0 ? sum / weight : nil }
}
