import Foundation
import Verification

extension Plot {
    /// The detection error trade-off: false rejects over false accepts, both on normal-deviate axes of one range.
    ///
    /// The diagonal is where both are equally frequent; a dot marks each curve's equal error rate
    /// (``/Verification/EqualErrorRate/Convention/interpolated``) on it.
    ///
    /// - Precondition: there is a curve.
    public static func detectionErrorTradeOff(
        _ curves: [DetectionCurve], title: String = "Detection error trade-off", subtitle: String = ""
    ) -> Plot {
        precondition(!curves.isEmpty, "a plot of curves has a curve")
        let range = detectionRange(curves)
        let diagonal = Series(
            name: "equal rates",
            mark: .line([Point(range.lowerBound, range.lowerBound), Point(range.upperBound, range.upperBound)]),
            look: Look(color: .muted, stroke: .dashed, isFaint: true))
        let lines = curves.map { curve in
            let points = curve.curve.corners().map { Point($0.falseAcceptRate, $0.falseRejectRate) }
            return Series(name: curve.legend, mark: .line(points), look: curve.look)
        }
        let dots = curves.map { curve in
            Series(
                name: curve.legend, mark: .dots([Point(curve.equalErrorRate, curve.equalErrorRate)]), look: curve.look,
                isInLegend: false)
        }
        func axis(_ label: String) -> Axis {
            Axis(label: label, scale: .normalDeviate, range: range, numbers: .percent)
        }
        return Plot(
            title: title, subtitle: subtitle,
            summary: "False reject rate against false accept rate on normal-deviate axes. \(curves.summary).",
            horizontal: axis("False accept rate, %"),
            panels: [
                Panel(vertical: axis("False reject rate, %"), series: [diagonal] + lines + dots, shape: .square)
            ],
            notes: curves.filter { $0.equalErrorRate < range.lowerBound }.map {
                "\($0.name) has an EER of \(percentText($0.equalErrorRate)): its curve lies beyond the corner."
            })
    }

    /// Down to the lowest rate that any side's trials support or a third of the lowest equal error rate, up to
    /// where the highest equal error rate has room: to five times that rate or to 40 %, and half as much again
    /// at least.
    private static func detectionRange(_ curves: [DetectionCurve]) -> ClosedRange<Double> {
        let rates = curves.map(\.equalErrorRate)
        let trials = curves.map { max($0.curve.impostorWeight, $0.curve.genuineWeight) }.max() ?? 1
        let lowest = max(1e-6, min(0.01, 30 / trials, (rates.filter { $0 > 0 }.min() ?? 1) / 3))
        let worst = rates.max() ?? 0
        let highest = min(5 * worst, max(0.4, 1.5 * worst))
        let power = pow(10, log10(lowest).rounded(.down))
        let lower = [5, 2].map { $0 * power }.first { $0 <= lowest * (1 + 1e-9) } ?? power
        return lower...([0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99].first { $0 >= highest } ?? 0.999)
    }
}
