extension Interval {
    /// Student's interval of a mean from independent values: mean ± t·s/√n, s their standard deviation with n − 1 in its
    /// denominator and t Student's quantile with n − 1 degrees of freedom; `nil` for fewer than two.
    ///
    /// - Precondition: 0 < `confidence` < 1.
    public init?(meanOf values: [Double], confidence: Double = 0.95) {
        precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
        guard values.count > 1 else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let reach =
            StudentQuantile.twoSided(level: 1 - confidence, degrees: values.count - 1) * (variance / count).squareRoot()
        self.init(lower: mean - reach, upper: mean + reach, confidence: confidence)
    }
}
