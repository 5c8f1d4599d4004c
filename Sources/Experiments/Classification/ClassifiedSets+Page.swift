import Foundation
import Reports
import Verification

extension ClassifiedSets: RunFindings {
    var measuredOn: String {
        reports.map { "\($0.set) (\(PageText.whole($0.report.sampleCount)) pictures)" }.joined(separator: " and ")
    }

    var result: Page.Section {
        var blocks: [Page.Block] = [.table(PageTable(figuresOf: reports.map { ($0.set, $0.report) }, rowTitle: "Set"))]
        if let calibration {
            let caution = calibration.isSupported ? "" : " \(calibration.outcome.rawValue)."
            blocks.append(
                .note(
                    "Probabilities are softmax(z/T) with T = \(PageText.number(calibration.temperature)), fitted on "
                        + "\(calibration.source) (\(PageText.whole(calibration.sampleCount)) pictures): log loss "
                        + "\(PageText.decimal(calibration.logLossBefore)) before, "
                        + "\(PageText.decimal(calibration.logLossAfter)) after.\(caution)"))
        }
        return .init("Result", blocks)
    }

    func plots(prefix: String) -> [(name: String, plot: Plot)] {
        details.flatMap { $0.plots.map { (prefix + $0.name, $0.plot) } }
    }

    func spheres(prefix: String) -> [(name: String, sphere: SpherePlot)] {
        details.map { $0.sphere.kept(of: $0.set, prefix: prefix) }
    }

    func sections(prefix: String) -> [Page.Section] {
        let plots = plots(prefix: prefix)
        func chosen(_ isChosen: (String) -> Bool) -> [PlotFigure] {
            PlotFolder.figures(plots.filter { isChosen($0.name) })
        }
        var sections: [Page.Section] = [
            .init(
                "Confusion",
                [.plots(chosen { $0.hasPrefix(prefix + "confusion-") || $0.hasPrefix(prefix + "reliability-") })]),
            .init("Classes", details.map { .table($0.classes) }),
        ]
        let angles = chosen { $0.hasPrefix(prefix + "angles-") }
        if !angles.isEmpty { sections.append(.init("Angles", [.plots(angles)])) }
        let mistakes = details.compactMap(\.mistakes)
        if !mistakes.isEmpty {
            sections.append(
                .init(
                    "The worst mistakes",
                    [
                        .paragraph(
                            "Pictures as the network sees them; on the right, of the class that the left one was taken "
                                + "for, the picture that the model is surest of.")
                    ]
                        + mistakes.map { .pictures($0) }))
        }
        let planes = chosen { $0.hasPrefix(prefix + "features-") }
        sections.append(
            .init(
                "The embedding",
                (planes.isEmpty ? [] : [.plots(planes)]) + spheres(prefix: prefix).map { .sphere($0.sphere) }))
        return sections
    }
}

extension PageTable {
    /// Overall figures, a row per set or run.
    init(figuresOf reports: [(name: String, report: ClassificationReport)], rowTitle: String) {
        let names = reports.flatMap(\.report.figures).map(\.name).distinct()
        let methods = Set(reports.compactMap(\.report.method)).sorted()
        let caveats = Set(reports.flatMap(\.report.caveats)).sorted()
        self.init(
            caption: "Figures with their intervals",
            columns: [Column(rowTitle)] + names.map { .number($0) } + [.number("Pictures")],
            rows: reports.map { name, report in
                [.text(name)]
                    + names.map { name in report.figures.first { $0.name == name }.map(Self.cell) ?? "–" }
                    + [Self.count(report.sampleCount)]
            },
            notes: methods.map { "In brackets 95\u{202F}% intervals: \($0)." }
                + caveats.map { "\($0.prefix(1).uppercased())\($0.dropFirst())." })
    }

    /// Losses are no shares.
    private static func cell(_ figure: ScoreReport.Figure) -> Cell {
        if StudyMetric.isShare(figure.name) { return Cell(figure) }
        let interval = figure.interval.map { " [\(PageText.decimal($0.lower)), \(PageText.decimal($0.upper))]" } ?? ""
        return .number(figure.value, PageText.decimal(figure.value) + interval)
    }
}
