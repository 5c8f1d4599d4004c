import Datasets
import Foundation
import Reports
import Verification

/// The page of a run: `report.html`, which `train` writes and `evaluate` writes anew with what it found.
struct RunPage {
    let folder: RunFolder
    let recipe: Recipe
    let model: String
    let thresholds: [DecisionThreshold]
    let sets: MeasuredSets?
    let kind: Kind
    /// False for a run that was stopped before its end.
    var isComplete = true

    enum Kind {
        /// At the end of training, with what development data say.
        case training
        /// After a look at test data, in these surroundings, which took so many seconds.
        case evaluation(Surroundings, seconds: Double)

        var prefix: String { if case .training = self { "development-" } else { "" } }
    }

    /// Writes the plots and the page.
    ///
    /// - Throws: ``RunFolderError`` when the folder cannot be written.
    func write() throws {
        let history = TrainingHistory(log: FileManager.default.contents(atPath: folder.log) ?? Data())
        let training = [
            ("training", Plot.training(history, subtitle: recipe.name)),
            ("target-angle", Plot.targetAngle(history, subtitle: recipe.name)),
        ].compactMap { name, plot in plot.map { (name: name, plot: $0) } }
        let plots = PlotFolder(path: folder.plots)
        try plots.write(
            training + (sets?.plots(prefix: kind.prefix) ?? []), spheres: sets?.spheres(prefix: kind.prefix) ?? [])
        try PageFile(path: folder.report).write(page(training: training))
    }

    private func page(training: [(name: String, plot: Plot)]) throws -> Page {
        var sections = [result, ranOn]
        if !training.isEmpty { sections.append(.init("Training", [.plots(PlotFolder.figures(training))])) }
        if let sets { sections += Self.sections(sets, prefix: kind.prefix) }
        sections.append(try looks)
        return Page(
            title: recipe.name, subtitle: subtitle, kicker: isEvaluation ? "Evaluation" : "Training",
            notices: notices, sections: sections.compactMap { $0 },
            colophon:
                "Made by AngularMargin \(Release.version) on \(PageDate.text(Date())). Every plot also lies in the "
                + "run's folder plots as SVG with its numbers as CSV.")
    }

    private var isEvaluation: Bool { if case .evaluation = kind { true } else { false } }

    private var subtitle: String {
        let counts = Self.counts(sets?.report.rows ?? [])
        return "A verifier of \(recipe.data.path): \(recipe.head.brief) on \(recipe.network.name)"
            + (counts.isEmpty ? "." : ", measured on \(counts).")
    }

    private static func counts(_ rows: [EvaluationReport.Row]) -> String {
        rows.filter { $0.condition == nil }.map { "\($0.set) (\($0.identityCount) identities)" }.joined(
            separator: " and ")
    }

    private var notices: [Page.Notice] {
        guard !isEvaluation else { return [] }
        let stopped = Page.Notice(
            .warning, "This run was stopped before its end; margin train --resume goes on with it.")
        let development = Page.Notice(
            .note,
            "The figures here are of development data, on which the best epoch and the thresholds were chosen, and flatter "
                + "the model. margin evaluate measures it on test data and writes this page anew.")
        return (isComplete ? [] : [stopped]) + (sets == nil ? [] : [development])
    }

    private var result: Page.Section? {
        guard let sets else { return nil }
        var blocks: [Page.Block] = [
            .table(
                PageTable(
                    caption: "Error rates with their intervals", rowTitle: "Set",
                    rows: sets.report.rows.map { ($0.place, $0) }))
        ]
        if let accuracy = sets.report.oneShot {
            blocks.append(.facts([.init(accuracy.name, PageText.percent(accuracy.value))]))
        }
        if !thresholds.isEmpty { blocks.append(.table(thresholdTable)) }
        return .init("Result", blocks)
    }

    private var thresholdTable: PageTable {
        PageTable(
            caption: "Thresholds that the model keeps",
            columns: [
                .number("False accept rate asked"), .number("Threshold"), .number("False accepts"),
                .number("True accepts"), .number("Impostor trials"),
            ],
            rows: thresholds.map { threshold in
                [
                    .number(
                        threshold.falseAcceptRateAsked,
                        PageText.number(threshold.falseAcceptRateAsked) + (threshold.isSupported ? "" : " !")),
                    .number(threshold.threshold, PageText.decimal(threshold.threshold)),
                    PageText.percentCell(threshold.falseAcceptRateAttained),
                    PageText.percentCell(threshold.trueAcceptRate), PageTable.count(threshold.impostorCount),
                ]
            },
            notes: ["Chosen on \(thresholds[0].source); the rates are of those data."]
                + (thresholds.allSatisfy(\.isSupported) ? [] : ["! Too few impostor trials to support this rate."]))
    }

    private var ranOn: Page.Section {
        let facts = RunFacts(folder: folder, recipe: recipe, model: model, kind: kind)
        var blocks: [Page.Block] = [.facts(facts.facts)]
        if let table = facts.counts { blocks.append(.table(table)) }
        blocks.append(.disclosure("The whole recipe", [.code(recipe.resolved)]))
        return .init("What was run", blocks)
    }

    static func sections(_ sets: MeasuredSets, prefix: String) -> [Page.Section] {
        let plots = sets.plots(prefix: prefix).filter { !$0.name.hasPrefix(prefix + "angles-") }
        var sections: [Page.Section] = [.init("Scores and error rates", [.plots(PlotFolder.figures(plots))])]
        let angles = sets.anglePlots(prefix: prefix)
        if !angles.isEmpty { sections.append(.init("Angles", [.plots(PlotFolder.figures(angles))])) }
        sections.append(.init("Identities", sets.details.map { .table($0.identities) }))
        sections.append(
            .init(
                "The hardest pairs",
                [
                    .paragraph(
                        "Pictures as the network sees them, each picture in one pair at most. Numbers are cosines.")
                ]
                    + sets.details.flatMap { $0.hardest.map { .pictures($0) } }))
        sections.append(.init("The embedding", sets.spheres(prefix: prefix).map { .sphere($0.sphere) }))
        return sections
    }

    private var looks: Page.Section {
        get throws {
            let looks = try TestLedger(run: folder.path).looks()
            let lead =
                looks.isEmpty
                ? "Nobody has looked at the test data of this run with margin yet."
                : "The more often test data are looked at, the less a good number on them means."
            let table = PageTable(
                caption: "Looks at test data", columns: ["When", "What", .number("Look"), "Settings"],
                rows: looks.map { look in
                    [
                        .text(look.date.replacing("T", with: " ").replacing("Z", with: " UTC")), .text(look.data),
                        .number(Double(look.number), "\(look.number)"),
                        .text(
                            look.settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(
                                separator: ", ")),
                    ]
                })
            return .init("What was looked at", [.paragraph(lead)] + (looks.isEmpty ? [] : [.table(table)]))
        }
    }
}

/// Days as a page writes them.
enum PageDate {
    static func text(_ date: Date) -> String {
        ISO8601DateFormatter().string(from: date).replacing("T", with: " ").replacing("Z", with: " UTC")
    }
}
