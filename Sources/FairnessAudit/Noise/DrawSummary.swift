import Foundation
import Verification

/// What many draws of noise showed of one number.
public struct DrawSummary: Hashable, Sendable, Codable {
    public let mean: Double
    public let standardDeviation: Double
    /// Between the 5 % and the 95 % quantile of the draws.
    public let band: Interval

    init(_ values: [Double]) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        standardDeviation = (square / max(1, count - 1)).squareRoot()
        band = Interval(percentilesOf: values, confidence: 0.9)
    }
}
