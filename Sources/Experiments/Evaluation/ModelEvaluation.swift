import Datasets
import Foundation
import Torch
import Verification

/// Measures one run, or two on the same trials.
public struct ModelEvaluation: Sendable {
    private let runs: [TrainedRun]
    private let tests: [VerificationTest]
    private let roots: DataRoots

    /// - Parameter runs: one, or two that are compared; data and evaluation are the first one's.
    public init(_ runs: [TrainedRun], roots: DataRoots) throws {
        precondition(runs.count == 1 || runs.count == 2, "one run, or two to be compared")
        self.runs = runs
        self.roots = roots
        let recipe = runs[0].recipe
        let test = VerificationTest(
            data: try OpenedData(recipe.data, roots: roots), evaluation: recipe.evaluation, seed: UInt64(recipe.seed))
        tests = runs.map { _ in test }
    }

    /// Embeds, scores and draws.
    ///
    /// - Parameter progress: called with the run's name, pictures done, and pictures in all.
    public func run(progress: (String, Int, Int) -> Void = { _, _, _ in }) throws -> ComparedEvaluation {
        let device = try Device(named: runs[0].recipe.training.device)
        let scored = try zip(runs, tests).map { run, test in
            var model = run.model
            try model.backbone.move(to: device)
            return try test.scored(model, device: device) { progress(run.recipe.name, $0, $1) }
        }
        let measured = try runs.indices.map { index in
            try scored[index].map { try tests[index].measured($0.trials, $0.scored) }
        }
        let reports = try runs.indices.map { index in
            EvaluationReport(
                name: runs[index].recipe.name, rows: measured[index].map(\.row), oneShot: try oneShot(runs[index]))
        }
        if runs.count == 1 { try store(reports[0], in: runs[0]) }
        try plot(measured)
        let differences =
            runs.count == 1
            ? [] : try zip(scored[0], scored[1]).map { try tests[0].differences($0.trials, $0.scored, $1.scored) }
        return ComparedEvaluation(reports: reports, differences: differences, plots: runs[0].folder.plots)
    }

    private func oneShot(_ run: TrainedRun) throws -> NamedValue? {
        guard let path = runs[0].recipe.evaluation.oneShot else { return nil }
        return try OneShotTest(path: roots.resolve(path)).accuracy(run.model)
    }

    /// Draws what was measured into the first run's folder.
    private func plot(_ measured: [[MeasuredTrials]]) throws {
        let plots = EvaluationPlots(
            zip(runs, measured).map { EvaluationPlots.System(name: $0.recipe.name, trials: $1, threshold: $0.model.threshold(falseAcceptRate: nil)) })
        try PlotFolder(path: runs[0].folder.plots).write(plots.plots)
    }

    /// Keeps the report in the run folder.
    private func store(_ report: EvaluationReport, in run: TrainedRun) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(report).write(to: URL(fileURLWithPath: run.folder.evaluation), options: .atomic)
    }
}

/// One evaluation, or two with their differences.
public struct ComparedEvaluation: Codable, Sendable {
    public let reports: [EvaluationReport]
    /// First − second on the same trials and draws; empty when there is one report.
    public let differences: [EvaluationReport.Row]
    /// The folder of the plots.
    public let plots: String

    /// What the differences say, in words, one line per set.
    public var verdicts: [String] {
        differences.map { row in
            let shown = row.estimates.filter { !($0.lower <= 0 && 0 <= $0.upper) }
            guard !shown.isEmpty else {
                return "\(row.place): no difference shown; every interval of the differences includes 0."
            }
            let names = shown.map { "\($0.name) \($0.value < 0 ? "lower" : "higher")" }
            return "\(row.place): \(reports[0].name) has \(names.joined(separator: ", ")) than \(reports[1].name), outside the noise of the identities."
        }
    }
}
