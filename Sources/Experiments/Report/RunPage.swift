import Datasets
import Foundation
import Reports

/// The page of a run: `report.html`, which `train` writes and `evaluate` writes anew with what it found.
struct RunPage {
    let folder: RunFolder
    let recipe: Recipe
    let model: String
    /// What was found of the model; `nil` where there was nothing to measure it on.
    let findings: (any RunFindings)?
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
            training + (findings?.plots(prefix: kind.prefix) ?? []),
            spheres: findings?.spheres(prefix: kind.prefix) ?? [])
        try PageFile(path: folder.report).write(page(training: training))
    }

    private func page(training: [(name: String, plot: Plot)]) throws -> Page {
        var sections = [findings?.result, ranOn]
        if !training.isEmpty { sections.append(.init("Training", [.plots(PlotFolder.figures(training))])) }
        if let findings { sections += findings.sections(prefix: kind.prefix) }
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
        let noun = recipe.task == .classification ? "classifier" : "verifier"
        return "A \(noun) of \(recipe.data.path): \(recipe.head.brief) on \(recipe.network.name)"
            + (findings.map { ", measured on \($0.measuredOn)." } ?? ".")
    }

    private var notices: [Page.Notice] {
        guard !isEvaluation else { return [] }
        let chosen = recipe.task == .classification ? "the temperature" : "the thresholds"
        let stopped = Page.Notice(
            .warning, "This run was stopped before its end; margin train --resume goes on with it.")
        let development = Page.Notice(
            .note,
            "The figures here are of development data, on which the best epoch and \(chosen) were chosen, and flatter the "
                + "model. margin evaluate measures it on test data and writes this page anew.")
        return (isComplete ? [] : [stopped]) + (findings == nil ? [] : [development])
    }

    private var ranOn: Page.Section {
        let facts = RunFacts(folder: folder, recipe: recipe, model: model, kind: kind)
        var blocks: [Page.Block] = [.facts(facts.facts)]
        if let table = facts.counts { blocks.append(.table(table)) }
        blocks.append(.disclosure("The whole recipe", [.code(recipe.resolved)]))
        return .init("What was run", blocks)
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
