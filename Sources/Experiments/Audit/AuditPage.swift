import FairnessAudit
import Foundation
import Reports

/// The page of an audit, `report.html`: it tells about the people in the table, says so on top, and is not private.
struct AuditPage {
    private let report: AuditReport
    private let plots: [(name: String, plot: Plot)]

    init(_ report: AuditReport, plots: [(name: String, plot: Plot)]) {
        self.report = report
        self.plots = plots
    }

    var page: Page {
        Page(
            title: "Private noise and fairness: " + URL(fileURLWithPath: report.table).lastPathComponent,
            subtitle:
                "What the noise that makes a linear classifier of \(report.label) = \(report.positive) private does to "
                + "groups of people.", kicker: "Fairness audit",
            notices: [.init(.warning, report.banner)]
                + report.warnings.map { .init(.warning, "\($0.prefix(1).uppercased())\($0.dropFirst()).") },
            sections: [result, noise] + report.partitions.map(section) + [individual, growth, ranOn].compactMap { $0 },
            colophon:
                "Made by AngularMargin \(Release.version) on \(PageDate.text(Date())). Not private: publish only what "
                + "--release writes. Every plot also lies in the folder plots as SVG with its numbers as CSV.")
    }

    private var result: Page.Section {
        var findings = report.firstToFlip.map {
            "First to flip by \($0.partition): \($0.group), with \(PageText.percent($0.expectedFlips)) of its decisions at "
                + "ε \(PageText.number($0.epsilon)); \($0.reason)."
        }
        if let tolerance = report.tolerance {
            let observed = tolerance.observed.map { "from ε \(PageText.number($0)) on" } ?? "for no ε that was tried"
            let certified = tolerance.certified.map { "from ε \(PageText.number($0)) on" } ?? "for none"
            findings.append(
                "Every measure stays within \(PageText.percent(tolerance.allowed)) with 95\u{202F}% probability \(observed) by "
                    + "draws; the bounds prove it \(certified).")
        }
        let exceeded = Set(report.effects.flatMap { $0.measures.filter { !$0.exceeded.isEmpty }.map(\.name) }).sorted()
        findings.append(
            exceeded.isEmpty
                ? "Every bound held over the draws." : "Bounds exceeded: \(exceeded.joined(separator: "; ")).")
        let gaps = report.values.filter { !isSigned($0.name) }
        return .init(
            "Result",
            [
                .list(findings),
                .table(
                    cleanTable("Gaps between groups, on people held out", gaps) { "\($0.name), by \($0.partition)" }),
            ])
    }

    /// Fairness without noise, with intervals.
    private func cleanTable(_ caption: String, _ shown: [CleanValue], names: (CleanValue) -> String) -> PageTable {
        let reach =
            shown.flatMap { [abs($0.value), abs($0.interval?.lower ?? 0), abs($0.interval?.upper ?? 0)] }.max() ?? 1
        let range = -max(reach, 1e-6)...max(reach, 1e-6)
        return PageTable(
            caption: caption, columns: ["Measure", .number("Without noise")],
            rows: shown.map { value in
                [
                    .text(names(value)),
                    value.interval.map {
                        .interval(
                            .init(
                                value: value.value, lower: $0.lower, upper: $0.upper, range: range,
                                text: signed(value.value), intervalText: "[\(signed($0.lower)), \(signed($0.upper))]"))
                    } ?? .number(value.value, signed(value.value)),
                ]
            }, notes: ["In percent, with 95\u{202F}% intervals."])
    }

    private func isSigned(_ name: String) -> Bool {
        report.effects.first?.measures.contains { $0.name == name } ?? true
    }

    private var noise: Page.Section {
        func text(_ value: Double?) -> PageTable.Cell { value.map { .number($0, PageText.number($0)) } ?? "–" }
        let table = PageTable(
            caption: "Noise for a sensitivity of \(PageText.number(report.sensitivity))",
            columns: [
                .number("ε"), .number("δ"), .number("σ classic"), .number("σ analytic"), .number("Laplace scale"),
            ],
            rows: report.noise.map { noise in
                [
                    .number(noise.epsilon, PageText.number(noise.epsilon)),
                    .number(noise.delta, PageText.number(noise.delta)),
                    text(noise.classic), text(noise.analytic), text(noise.laplaceScale),
                ]
            }, notes: Set(report.noise.compactMap(\.classicReason)).sorted().prefix(1).map { "– \($0)" })
        return .init(
            "Privacy",
            [
                .table(table),
                .paragraph(
                    "The audit used the \(report.mechanism.rawValue) mechanism. Were a model released under each of these ε, "
                        + "together they would spend ε \(PageText.number(report.together.epsilon)) at δ "
                        + "\(PageText.number(report.together.delta))."),
            ])
    }

    /// One attribute: its groups, what noise does to them, and the plots.
    private func section(_ partition: String) -> Page.Section {
        let own = ["margins-\(partition)", "flips-\(partition)"]
        let curves = plots.filter { plot in
            FairnessCriterion.allCases.contains { plot.name == "change-\(partition)-\($0.rawValue)" }
        }
        let values = report.values.filter { $0.partition == partition && $0.name.hasSuffix("− all") }
        return .init(
            "By \(partition)",
            [
                .table(rates(partition)), .table(groups(partition)),
                .plots(PlotFolder.figures(plots.filter { own.contains($0.name) })),
                .table(changes(partition)),
                .disclosure(
                    "Each group against all, without noise",
                    [.table(cleanTable("Groups by \(partition) against all", values) { $0.name })]),
            ] + (curves.isEmpty ? [] : [.plots(PlotFolder.figures(curves))]))
    }

    /// The groups' rates without noise.
    private func rates(_ partition: String) -> PageTable {
        let found = report.rates.filter { $0.partition == partition }
        let names = report.margins.filter { $0.partition == partition }.map(\.group)
        return PageTable(
            caption: "Rates by \(partition) without noise",
            columns: ["Group", .number("People")] + Rate.allCases.map { .number($0.rawValue) },
            rows: names.map { name in
                let own = found.filter { $0.group == name }
                return [.text(name), PageTable.count(own.first { $0.rate == .accuracy }?.people ?? 0)]
                    + Rate.allCases.map { rate in
                        guard let one = own.first(where: { $0.rate == rate }), let value = one.value else { return "–" }
                        guard let interval = one.interval else { return PageText.percentCell(value) }
                        return .interval(
                            .init(
                                value: value, lower: interval.lower, upper: interval.upper, range: 0...1,
                                text: PageText.percent(value),
                                intervalText: String(
                                    format: "[%.2f, %.2f]", interval.lower * 100, interval.upper * 100)))
                    }
            }, notes: ["In brackets 95\u{202F}% intervals; a dash where nobody is counted."])
    }

    private func groups(_ partition: String) -> PageTable {
        let effects = report.effects
        return PageTable(
            caption: "Angular margins, and the share of decisions that noise changes, by \(partition)",
            columns: ["Group", .number("5\u{202F}% of |α| under"), .number("Median |α|")]
                + effects.map { .number("Flips at ε \(PageText.number($0.level.privacy.epsilon))") },
            rows: report.margins.filter { $0.partition == partition }.map { margins in
                [
                    .text(margins.group), .number(margins.magnitudes[0], PageText.number(margins.magnitudes[0])),
                    .number(margins.magnitudes[2], PageText.number(margins.magnitudes[2])),
                ]
                    + effects.map { effect in
                        effect.groups.first { $0.partition == partition && $0.group == margins.group }.map {
                            PageText.percentCell($0.expectedFlips ?? $0.flips.mean)
                        } ?? "–"
                    }
            }, isSortable: true,
            notes: ["α is the angular margin: a person's score by the length of the person's features, wrong below 0."])
    }

    private func changes(_ partition: String) -> PageTable {
        let effects = report.effects
        func cell(_ expected: Double, _ quantile: Double, _ bound: Double?) -> PageTable.Cell {
            .number(
                quantile,
                signed(expected) + ", " + String(format: "%.2f", quantile * 100)
                    + (bound.map { String(format: " ≤ %.2f", $0 * 100) } ?? ""))
        }
        let first = effects.first
        let signedRows = (first?.measures ?? []).enumerated().filter {
            $0.element.partition == partition && $0.element.name.hasSuffix("− all")
        }.map { place, measure -> [PageTable.Cell] in
            [.text(measure.name), .number(measure.clean, signed(measure.clean))]
                + effects.map { effect in
                    let found = effect.measures[place]
                    return cell(found.expectedChange ?? found.change.mean, found.changeQuantile, found.certified)
                }
        }
        let gapRows = (first?.gaps ?? []).enumerated().filter { $0.element.partition == partition }.map {
            place, gap -> [PageTable.Cell] in
            [.text(gap.name), .number(gap.clean, signed(gap.clean))]
                + effects.map { effect in
                    let found = effect.gaps[place]
                    return cell(found.change.mean, found.changeQuantile, found.unionBound)
                }
        }
        return PageTable(
            caption: "What noise changes, by \(partition)",
            columns: ["Measure", .number("Without noise")]
                + effects.map { .number("ε \(PageText.number($0.level.privacy.epsilon))") },
            rows: signedRows + gapRows,
            notes: [
                "In percent: the expected change, then what \(report.confidence)\u{202F}% of the draws stay under, ≤ the smallest proven "
                    + "bound."
            ])
    }

    private var individual: Page.Section {
        let table = PageTable(
            caption: "Drift of the Lipschitz constant ‖θ‖",
            columns: [
                .number("ε"), .number("Without noise"), .number("Mean drift"), .number("Proven at most"),
                .number("Groups near zero"),
            ],
            rows: report.effects.map { effect in
                let drift = effect.individual
                return [
                    .number(effect.level.privacy.epsilon, PageText.number(effect.level.privacy.epsilon)),
                    .number(drift.clean, PageText.number(drift.clean)),
                    .number(drift.change.mean, PageText.number(drift.change.mean)),
                    drift.radius.map { .number($0, PageText.number($0)) } ?? "–",
                    .text("\(effect.regimes.count { $0.isSupported }) of \(effect.regimes.count)"),
                ]
            },
            notes: [
                "Bound: σ(√p + √(2 ln 1/ζ)). The last column says for how many groups the regime near zero, in which the dimension "
                    + "does not count, is supported by the data."
            ])
        return .init("Individual fairness", [.table(table)])
    }

    private var growth: Page.Section? {
        guard let growth = report.growth else { return nil }
        let table = PageTable(
            caption: "The same with features added",
            columns: [
                .number("Features"), "Added", .number("Drift of ‖θ‖"), .number("σ√p"), .number("Flips"),
                .number("Fairness change"), .number("Accuracy"),
            ],
            rows: growth.points.map { point in
                [
                    PageTable.count(point.dimension), .text(point.curve.rawValue),
                    .number(point.drift.mean, PageText.number(point.drift.mean)),
                    .number(point.rootLaw, PageText.number(point.rootLaw)), PageText.percentCell(point.expectedFlips),
                    PageText.percentCell(point.fairnessChange), PageText.percentCell(point.accuracy),
                ]
            }, isSortable: true)
        return .init(
            "Over the dimension",
            [.plots(PlotFolder.figures(plots.filter { $0.name == "growth" })), .table(table)])
    }

    private var ranOn: Page.Section {
        var facts: [Page.Fact] = [
            .init("Table", report.table),
            .init(
                "People",
                "\(PageText.whole(report.trainingRows)) rows to train on, \(PageText.whole(report.heldOutPeople)) people held out"
                    + (report.droppedRows > 0
                        ? ", \(PageText.whole(report.droppedRows)) rows with missing values left out" : "")),
            .init("Outcome", "\(report.label) = \(report.positive)"),
            .init("Accuracy on people held out", PageText.percent(report.heldOutAccuracy)),
            .init("Features", "\(report.model.coefficients.count), ‖θ‖ \(PageText.number(report.model.norm))"),
        ]
        if let loss = report.loss, let mu = report.regularization, let gradient = report.gradientNorm {
            facts.append(
                .init("Fit", "\(loss.rawValue), μ \(PageText.number(mu)), gradient norm \(PageText.number(gradient))"))
        } else {
            facts.append(.init("Fit", "coefficients from a file"))
        }
        facts.append(.init("Time", PageText.duration(report.seconds.values.reduce(0, +))))
        facts.append(.init("Version", "AngularMargin \(Release.version)"))
        return .init(
            "What was run", [.facts(facts)] + (report.notes.isEmpty ? [] : [.list(report.notes.map { "\($0)." })]))
    }

    private func signed(_ value: Double) -> String { String(format: "%+.2f", value * 100).replacing("-", with: "−") }
}
