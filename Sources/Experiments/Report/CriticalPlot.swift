import Foundation
import Reports
import Verification

/// Recall against accuracy: what each setting gains, and what it costs.
struct CriticalPlot {
    /// One setting.
    struct Point {
        let method: CriticalMethod
        let accuracy: Double
        let recall: Double
        /// Around the two; `nil` where there is one run alone.
        let accuracyInterval: Interval?
        let recallInterval: Interval?
    }

    let title: String
    let subtitle: String
    let target: CriticalTarget
    let points: [Point]
    let notes: [String]

    /// `nil` where there is nothing to draw.
    var plot: Plot? {
        guard !points.isEmpty else { return nil }
        let recall = CriticalRate.recall.title(target)
        return Plot(
            title: title, subtitle: subtitle,
            summary: "\(recall) against accuracy; up and to the right is better. "
                + points.map { point in
                    String(
                        format: "%@: recall %.2f %%, accuracy %.2f %%", point.method.rawValue, point.recall * 100,
                        point.accuracy * 100)
                }.joined(separator: "; "),
            horizontal: .init(
                label: "accuracy (%)", range: range(\.accuracy, \.accuracyInterval), numbers: .percent),
            panels: [
                .init(
                    vertical: .init(
                        label: "\(recall) (%)", range: range(\.recall, \.recallInterval), numbers: .percent),
                    series: series)
            ], notes: notes)
    }

    private var series: [Plot.Series] {
        CriticalMethod.allCases.enumerated().flatMap { number, method -> [Plot.Series] in
            let own = points.filter { $0.method == method }.sorted { $0.accuracy > $1.accuracy }
            guard !own.isEmpty else { return [] }
            let look = Plot.Look(color: .series(number))
            let faint = Plot.Look(color: .series(number), isFaint: true)
            let bars = own.flatMap { point -> [Plot.Mark] in
                let vertical = point.recallInterval.map { interval in
                    Plot.Mark.line([.init(point.accuracy, interval.lower), .init(point.accuracy, interval.upper)])
                }
                let horizontal = point.accuracyInterval.map { interval in
                    Plot.Mark.line([.init(interval.lower, point.recall), .init(interval.upper, point.recall)])
                }
                return [vertical, horizontal].compactMap { $0 }
            }
            let dots = own.map { Plot.Point($0.accuracy, $0.recall) }
            // The bias is one knob: its points are a curve.
            let curve = method == .shifted && dots.count > 1 ? [Plot.Mark.line(dots)] : []
            return (bars.map { ($0, faint) } + curve.map { ($0, look) }).map { mark, look in
                Plot.Series(name: method.rawValue, mark: mark, look: look, isInLegend: false)
            } + [Plot.Series(name: method.rawValue, mark: .dots(dots), look: look)]
        }
    }

    private func range(
        _ value: KeyPath<Point, Double>, _ interval: KeyPath<Point, Interval?>
    ) -> ClosedRange<Double> {
        let ends = points.flatMap { point in
            [point[keyPath: value]] + (point[keyPath: interval].map { [$0.lower, $0.upper] } ?? [])
        }
        let (lowest, highest) = (ends.min() ?? 0, ends.max() ?? 1)
        let margin = max(0.002, (highest - lowest) * 0.06)
        return max(0, lowest - margin)...min(1.0001, highest + margin)
    }
}
