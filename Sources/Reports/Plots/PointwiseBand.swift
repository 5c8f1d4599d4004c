import Foundation
import Verification

/// Intervals of the true accept rate at many false accept rates, each for itself: the whole curve lies within all
/// of them less often than the confidence says.
public struct PointwiseBand: Hashable, Sendable {
    public let points: [Plot.BandPoint]
    /// How it was made, in words.
    public let method: String

    /// Takes the edges, ascending by false accept rate.
    public init(points: [Plot.BandPoint], method: String) {
        self.points = points
        self.method = method
    }

    /// What to estimate, beside other metrics, so that a band can be made: ``/Verification/Metric``s of the true
    /// accept rate (``/Verification/FalseAcceptConvention/atMost``) at rates that are evenly spaced on a ROC's axis.
    public static func metrics(for curve: ErrorRateCurve) -> [Metric] {
        let start = log10(lowestDrawnRate(impostorCount: curve.impostorWeight))
        let count = Int((-start * 8).rounded(.up))
        return (0..<count).map { place in
            .trueAcceptRate(atFalseAcceptRate: pow(10, start * (1 - Double(place) / Double(count))), .atMost)
        }
    }

    /// The band that a bootstrap of ``metrics(for:)`` gives.
    ///
    /// - Parameters:
    ///   - estimates: one per metric, in the same order, of the report.
    public init(_ metrics: [Metric], estimates: some Collection<Estimate>, of report: BootstrapReport) {
        points =
            zip(metrics, estimates).compactMap { metric, estimate in
                metric.falseAcceptRate.map {
                    Plot.BandPoint(x: $0, lower: estimate.interval.lower, upper: estimate.interval.upper)
                }
            } + [Plot.BandPoint(x: 1, lower: 1, upper: 1)]
        let confidence = Int(((estimates.first?.interval.confidence ?? 0.95) * 100).rounded())
        method = "\(confidence) % at each rate by itself, \(report.method)"
    }
}

/// Where a ROC's axis starts: a tenth of the lowest false accept rate that the trials support, for there is
/// nothing to see further down.
func lowestDrawnRate(impostorCount: Double) -> Double {
    let rate = min(0.1, 3 / impostorCount)
    let power = pow(10, log10(rate).rounded(.down))
    return [5, 2].map { $0 * power }.first { $0 <= rate * (1 + 1e-9) } ?? power
}
