import FairnessAudit
import Foundation
import Reports

/// The plots of an audit, by name: per attribute the angular margins of its groups and the decisions that change, per
/// definition of fairness what the draws show beside what the bounds say.
struct AuditPlots {
    private let report: AuditReport

    init(_ report: AuditReport) {
        self.report = report
    }

    var plots: [(name: String, plot: Plot)] {
        var plots = report.partitions.map { ("margins-\($0)", margins($0)) }
        if let growth = report.growth { plots.append(("growth", Self.plot(growth, subtitle: subtitle))) }
        guard report.effects.count > 1 else { return plots }
        plots += report.partitions.map { ("flips-\($0)", flips($0)) }
        for partition in report.partitions {
            for criterion in FairnessCriterion.allCases {
                if let plot = change(partition, criterion) {
                    plots.append(("change-\(partition)-\(criterion.rawValue)", plot))
                }
            }
        }
        return plots
    }

    private var subtitle: String { URL(fileURLWithPath: report.table).lastPathComponent }

    private func margins(_ partition: String) -> Plot {
        let groups = report.margins.filter { $0.partition == partition }
        let reach = groups.first?.reach ?? 1
        let highest = groups.flatMap(\.histogram).max() ?? 1
        let series = groups.enumerated().map { place, group in
            let width = 2 * group.reach / Double(group.histogram.count)
            let points = group.histogram.enumerated().map {
                Plot.Point(-group.reach + Double($0.offset) * width, $0.element)
            }
            return Plot.Series(
                name: "\(group.group) (\(group.people))",
                mark: .steps(points + [Plot.Point(group.reach, group.histogram.last ?? 0)]), look: .ofSeries(place))
        }
        return Plot(
            title: "Angular margins by \(partition)", subtitle: subtitle,
            summary: "Shares of people of each group over the angular margin; a decision flips where noise exceeds it.",
            horizontal: .init(label: "α = y θ·x / ‖x‖, wrong below 0", range: -reach...reach),
            panels: [
                .init(
                    vertical: .init(label: "Share of the group, %", range: 0...highest * 1.05, numbers: .percent),
                    series: series)
            ])
    }

    private var epsilons: Plot.Axis {
        let values = report.effects.map(\.level.privacy.epsilon)
        return .init(label: "ε", scale: .logarithmic, range: (values.min() ?? 0.1)...(values.max() ?? 1))
    }

    /// Effects by rising ε.
    private var effects: [NoiseEffect] {
        report.effects.sorted { $0.level.privacy.epsilon < $1.level.privacy.epsilon }
    }

    private func flips(_ partition: String) -> Plot {
        let names = report.margins.filter { $0.partition == partition }.map(\.group)
        var series: [Plot.Series] = []
        var highest = 0.0
        for (place, name) in names.enumerated() {
            let found = effects.compactMap { effect in
                effect.groups.first { $0.partition == partition && $0.group == name }.map { (effect, $0) }
            }
            let band = found.map {
                Plot.BandPoint(
                    x: $0.0.level.privacy.epsilon, lower: $0.1.flips.band.lower, upper: $0.1.flips.band.upper)
            }
            let line = found.map {
                Plot.Point($0.0.level.privacy.epsilon, $0.1.expectedFlips ?? $0.1.flips.mean)
            }
            highest = max(highest, band.map(\.upper).max() ?? 0)
            var pale = Plot.Look.ofSeries(place)
            pale.isFaint = true
            series.append(.init(name: name, mark: .band(band), look: pale, isInLegend: false))
            series.append(.init(name: name, mark: .line(line), look: .ofSeries(place)))
        }
        return Plot(
            title: "Decisions that change, by \(partition)", subtitle: subtitle,
            summary: "Expected share of each group's decisions that noise changes, with the draws' 5–95 % band.",
            horizontal: epsilons,
            panels: [
                .init(
                    vertical: .init(
                        label: "Share of decisions, %", range: 0...max(0.55, highest * 1.05), numbers: .percent),
                    series: series)
            ], notes: ["Bands: 5–95 % of the draws."])
    }

    /// The measure of this definition that moves most.
    private func change(_ partition: String, _ criterion: FairnessCriterion) -> Plot? {
        guard
            let name = effects.first?.measures.filter({ $0.partition == partition && $0.criterion == criterion })
                .max(by: { $0.changeQuantile < $1.changeQuantile })?.name
        else { return nil }
        let found = effects.compactMap { effect in
            effect.measures.first { $0.partition == partition && $0.name == name }.map {
                (x: effect.level.privacy.epsilon, effect: $0)
            }
        }
        // Below this nothing is seen.
        let floor = 1e-4
        func line(_ name: String, _ place: Int, _ value: (MeasureEffect) -> Double?) -> Plot.Series {
            let points = found.compactMap { x, effect in
                value(effect).map { Plot.Point(x, max(floor, $0)) }
            }
            return .init(name: name, mark: .line(points), look: .ofSeries(place))
        }
        let band = found.map {
            Plot.BandPoint(x: $0.x, lower: $0.effect.change.band.lower, upper: $0.effect.change.band.upper)
        }
        let reach = max(1e-6, 1.5 * (band.flatMap { [abs($0.lower), abs($0.upper)] }.max() ?? 0))
        func bound(_ sign: Double) -> Plot.Series {
            let points = found.compactMap { x, effect in effect.certified.map { Plot.Point(x, sign * $0) } }
            return .init(
                name: "smallest proven bound", mark: .line(points), look: .init(color: .muted, stroke: .dashed),
                isInLegend: sign > 0)
        }
        return Plot(
            title: name, subtitle: "\(subtitle), by \(partition)",
            summary: "Change of the measure under noise: draws beside bounds.", horizontal: epsilons,
            panels: [
                .init(
                    vertical: .init(label: "Change", scale: .logarithmic, range: floor...2),
                    series: [
                        line("worst case", 4) { $0.worstCase }, line("Markov", 3) { $0.markov },
                        line("split", 2) { $0.split },
                        line("expected + Chebyshev", 1) { effect in
                            effect.chebyshev.map { $0 + abs(effect.expectedChange ?? 0) }
                        },
                        line("draws, \(report.confidence) % quantile", 0) { $0.changeQuantile },
                        line("expected change", 5) { $0.expectedChange.map(abs) },
                    ]),
                .init(
                    vertical: .init(
                        label: "Change with its sign, %", range: -reach...reach, numbers: .percent),
                    series: [
                        .init(name: "5–95 % of the draws", mark: .band(band), look: .ofSeries(0)),
                        bound(1), bound(-1),
                        .init(
                            name: "expected change",
                            mark: .line(
                                found.map { Plot.Point($0.x, $0.effect.expectedChange ?? $0.effect.change.mean) }),
                            look: .ofSeries(5), isInLegend: false),
                    ], shape: .high(150)),
            ], notes: ["Bounds hold with probability \(report.confidence) %. What is below \(floor) is drawn there."])
    }

    /// Over the dimension: the drift of the Lipschitz constant beside σ√p, and beneath it what groups see.
    private static func plot(_ growth: DimensionGrowth, subtitle: String) -> Plot {
        func line(
            _ name: String, _ place: Int, _ curve: DimensionGrowth.Curve, _ stroke: Plot.Stroke,
            _ value: (DimensionGrowth.Point) -> Double
        ) -> Plot.Series {
            let points = growth.points.filter { $0.curve == curve }.sorted { $0.dimension < $1.dimension }
            return .init(
                name: name, mark: .line(points.map { .init(Double($0.dimension), value($0)) }),
                look: .init(color: .series(place), stroke: stroke))
        }
        let dimensions = growth.points.map { Double($0.dimension) }
        let (low, high) = (dimensions.min() ?? 1, dimensions.max() ?? 2)
        let drifts = growth.points.map { max($0.drift.mean, $0.rootLaw) }
        return Plot(
            title: "What grows with the dimension", subtitle: subtitle,
            summary: "Drift of the Lipschitz constant, fairness change and flips over the number of features.",
            horizontal: .init(label: "Features p", scale: .logarithmic, range: low...max(high, low + 1)),
            panels: [
                .init(
                    vertical: .init(label: "Drift of ‖θ‖", range: 0...(drifts.max() ?? 1) * 1.05),
                    series: [
                        line("σ√p", 6, .control, .dotted, \.rootLaw),
                        line("drift, empty features", 0, .control, .solid, \.drift.mean),
                        line("drift, noise features", 1, .noiseFeatures, .solid, \.drift.mean),
                    ]),
                .init(
                    vertical: .init(label: "Share, %", range: 0...0.6, numbers: .percent),
                    series: [
                        line("flips, empty features", 0, .control, .dashed, \.expectedFlips),
                        line("flips, noise features", 1, .noiseFeatures, .dashed, \.expectedFlips),
                        line("fairness change, empty features", 2, .control, .solid, \.fairnessChange),
                        line("fairness change, noise features", 3, .noiseFeatures, .solid, \.fairnessChange),
                    ]),
            ], notes: ["Fairness change: the largest 95 % quantile among signed measures against all."])
    }
}
