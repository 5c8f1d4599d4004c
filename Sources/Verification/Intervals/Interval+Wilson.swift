extension Interval {
    /// Wilson's score interval of a rate: the rates p that k successes among n independent trials do not contradict,
    ///
    /// ```
    /// |k/n − p| ≤ z √(p (1 − p) / n)
    /// ```
    ///
    /// with the normal quantile z. It lies within [0, 1] and has a width even where all or none succeeded.
    ///
    /// Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    /// Statistical Association 22, 1927.
    ///
    /// - Precondition: 0 ≤ `successCount` ≤ `count`, `count` > 0, 0 < `confidence` < 1.
    public init(wilsonScoreOf successCount: Int, among count: Int, confidence: Double = 0.95) {
        precondition(count > 0 && (0...count).contains(successCount), "a rate is of so many among at least one")
        precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
        let z = StudentQuantile.twoSidedNormal(level: 1 - confidence)
        let n = Double(count)
        let rate = Double(successCount) / n
        let center = rate + z * z / (2 * n)
        let reach = z * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        self.init(
            lower: successCount == 0 ? 0 : (center - reach) / scale,
            upper: successCount == count ? 1 : (center + reach) / scale, confidence: confidence)
    }

    /// The basic interval of bootstrap replicates, 2·value − their percentiles: where resampling moves a number in one
    /// direction, as it raises a calibration error, the percentiles are moved twice and this is moved back.
    ///
    /// - Parameters:
    ///   - replicates: at least one number, none of them NaN.
    ///   - value: the number on the samples as they are.
    ///   - limits: the values that the number can take, which the interval is cut to.
    init(basicOf replicates: [Double], value: Double, limits: ClosedRange<Double>, confidence: Double) {
        let percentiles = Interval(percentilesOf: replicates, confidence: confidence)
        func cut(_ end: Double) -> Double { min(max(end, limits.lowerBound), limits.upperBound) }
        self.init(
            lower: cut(2 * value - percentiles.upper), upper: cut(2 * value - percentiles.lower),
            confidence: confidence)
    }
}
