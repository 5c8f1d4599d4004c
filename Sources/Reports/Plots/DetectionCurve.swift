import Foundation
import Verification

/// One system's error rates, to be drawn beside those of others.
public struct DetectionCurve: Sendable {
    public var name: String
    public var curve: ErrorRateCurve
    public var look: Plot.Look
    /// Where the true accept rate may lie, if that was measured.
    public var band: PointwiseBand?

    public init(name: String, curve: ErrorRateCurve, look: Plot.Look, band: PointwiseBand? = nil) {
        self.name = name
        self.curve = curve
        self.look = look
        self.band = band
    }

    var equalErrorRate: Double { curve.equalErrorRate(.interpolated).rate }

    /// The name with the equal error rate.
    var legend: String { "\(name), EER \(percentText(equalErrorRate))" }
}

extension [DetectionCurve] {
    /// The lowest rate at which every curve has the impostor trials for it, and the lowest of any curve.
    var supportedFalseAcceptRates: (every: Double, any: Double) {
        let rates = map { lowestSupportedFalseAcceptRate(impostorCount: Int($0.curve.impostorWeight)) }
        return (rates.max() ?? 1, rates.min() ?? 1)
    }

    /// The equal error rates in words.
    var summary: String {
        map { "\($0.name): \(EqualErrorRate.Convention.interpolated.metricName) \(percentText($0.equalErrorRate))" }
            .joined(separator: "; ")
    }
}
