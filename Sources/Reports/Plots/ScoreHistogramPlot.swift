import Foundation
import Verification

extension Plot {
    /// How often genuine and impostor scores fall into common bins, each as a share of its own trials.
    ///
    /// A bin counts scores from its lower edge up to, but without, its upper one. Its width is a round number of
    /// which some ten (few trials) to eighty (many) fill the range of all scores.
    ///
    /// - Parameters:
    ///   - curve: holds the scores.
    ///   - markers: thresholds, for example.
    public static func scoreHistogram(
        of curve: ErrorRateCurve, markers: [Marker] = [], title: String = "Scores", subtitle: String = ""
    ) -> Plot {
        let (edges, step) = commonBins(curve)
        let points = edges.map(curve.point(at:))
        func bins(_ share: (OperatingPoint, OperatingPoint) -> Double) -> [Bin] {
            edges.indices.dropLast().map {
                Bin(lower: edges[$0], upper: edges[$0 + 1], height: max(0, share(points[$0], points[$0 + 1])))
            }
        }
        let genuine = bins { $1.falseRejectRate - $0.falseRejectRate }
        let impostor = bins { $0.falseAcceptRate - $1.falseAcceptRate }
        let highest = (genuine + impostor).map(\.height).max() ?? 1
        func text(_ value: Double) -> String { grouped(value, decimals: step.decimals) }
        let counts = "\(grouped(curve.genuineWeight)) genuine and \(grouped(curve.impostorWeight)) impostor trials"
        return Plot(
            title: title, subtitle: [subtitle, counts].filter { !$0.isEmpty }.joined(separator: ": "),
            summary:
                "Shares of \(counts) in bins of \(text(step.value)) from \(text(edges[0])) to \(text(edges[edges.count - 1])). "
                + "\(EqualErrorRate.Convention.interpolated.metricName) \(percentText(curve.equalErrorRate(.interpolated).rate)). "
                + markers.map { "Line at \(grouped($0.value, decimals: step.decimals + 1)): \($0.label)." }.joined(
                    separator: " "),
            horizontal: Axis(label: "Score, higher is more alike", range: edges[0]...edges[edges.count - 1]),
            panels: [
                Panel(
                    vertical: Axis(
                        label: "Share of trials in a bin of \(text(step.value)), %",
                        range: 0...min(1, (0...highest * 1.02).widened(toMultiples: 5).upperBound), numbers: .percent),
                    series: [
                        Series(name: "impostor", mark: .histogram(impostor), look: .ofSeries(1)),
                        Series(name: "genuine", mark: .histogram(genuine), look: .ofSeries(0)),
                    ], markers: markers)
            ])
    }

    /// The edges of bins that hold every score, and their width.
    private static func commonBins(_ curve: ErrorRateCurve) -> (edges: [Double], step: RoundNumber) {
        let points = curve.points()
        // The last point's threshold lies just above the highest score.
        let (lowest, highest) = (points[0].threshold, points[points.count - 1].threshold)
        let size = max(lowest.magnitude, highest.magnitude)
        // Rice's rule, twice the cube root, on the side with fewer trials.
        let count = min(80, max(10, 2 * cbrt(min(curve.genuineWeight, curve.impostorWeight))))
        let isPoint = points.count == 2
        let step = RoundNumber(atLeast: max((highest - lowest) / count, isPoint ? max(size, 1) / 10 : size.ulp * 4))
        let first = (lowest / step.value).rounded(.down)
        let last = (highest / step.value).rounded(.up)
        return (stride(from: first, through: max(last, first + 1), by: 1).map { step.multiple($0) }, step)
    }
}
