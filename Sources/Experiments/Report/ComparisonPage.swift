import Foundation
import Reports
import Verification

/// The page of two runs on the same trials: `report-against-<second>.html` in the first run's folder.
struct ComparisonPage {
    let folder: RunFolder
    let runs: [TrainedRun]
    let outcome: ModelEvaluation.Outcome
    let surroundings: Surroundings

    /// Writes the plots and the page.
    ///
    /// - Returns: the page's path.
    /// - Throws: ``RunFolderError`` when the folder cannot be written.
    func write() throws -> String {
        let systems = outcome.sets.map {
            EvaluationPlots.System(name: $0.report.name, trials: $0.measured, threshold: $0.threshold)
        }
        let plots = EvaluationPlots(systems).plots
        try PlotFolder(path: folder.plots).write(plots)
        let path = folder.report(against: runs[1].recipe.name)
        try PageFile(path: path).write(page(plots))
        return path
    }

    private func page(_ plots: [(name: String, plot: Plot)]) -> Page {
        let names = runs.map(\.recipe.name)
        let comparison = outcome.comparison
        let rows = comparison.reports.flatMap { report in report.rows.map { ("\(report.name), \($0.place)", $0) } }
        return Page(
            title: names.joined(separator: " against "),
            subtitle: "Two models on the same pairs of \(runs[0].recipe.data.path).", kicker: "Comparison",
            sections: [
                .init(
                    "Result",
                    [
                        .list(comparison.verdicts),
                        .table(
                            PageTable(
                                caption: "Differences, \(names[0]) − \(names[1])", rowTitle: "Set",
                                rows: comparison.differences.map { ($0.place, $0) }, isDifference: true)),
                        .table(PageTable(caption: "Error rates with their intervals", rowTitle: "Run", rows: rows)),
                    ]),
                .init("Error rates", [.plots(PlotFolder.figures(plots))]),
                .init(
                    "What was run",
                    runs.flatMap { run -> [Page.Block] in
                        let facts = RunFacts(
                            folder: run.folder, recipe: run.recipe, model: run.model.networkSummary,
                            kind: .evaluation(surroundings, seconds: outcome.seconds))
                        return [
                            .heading(run.recipe.name), .facts(facts.facts),
                            .disclosure("The whole recipe", [.code(run.recipe.resolved)]),
                        ]
                    }),
            ], colophon: "Made by AngularMargin \(Release.version) on \(PageDate.text(Date())).")
    }
}
