import Datasets
import Foundation
import Torch
import Verification

/// Measures one run, or two on the same trials.
public struct ModelEvaluation: Sendable {
    private let runs: [TrainedRun]
    private let test: VerificationTest
    private let roots: DataRoots

    /// - Parameter runs: one, or two that are compared; data and evaluation are the first one's.
    public init(_ runs: [TrainedRun], roots: DataRoots) throws {
        precondition(runs.count == 1 || runs.count == 2, "one run, or two to be compared")
        self.runs = runs
        self.roots = roots
        let recipe = runs[0].recipe
        test = VerificationTest(
            data: try OpenedData(recipe.data, roots: roots), evaluation: recipe.evaluation, seed: UInt64(recipe.seed))
    }

    /// What was found, and what its plots are made of.
    public struct Outcome: Sendable {
        public let comparison: ComparedEvaluation
        let measured: [[MeasuredTrials]]
    }

    /// Embeds, scores and draws.
    ///
    /// - Parameter progress: called with the run's name, pictures done, and pictures in all.
    public func run(progress: (String, Int, Int) -> Void = { _, _, _ in }) throws -> Outcome {
        let device = try Device(named: runs[0].recipe.training.device)
        let scored = try runs.map { run in
            var model = run.model
            try model.backbone.move(to: device)
            return try test.scored(model, device: device) { progress(run.recipe.name, $0, $1) }
        }
        let measured = try scored.map { try $0.map { try test.measured($0.trials, $0.scored) } }
        let reports = try zip(runs, measured).map { run, measured in
            EvaluationReport(name: run.recipe.name, rows: measured.map(\.row), oneShot: try oneShot(run))
        }
        let differences =
            runs.count == 1
            ? [] : try zip(scored[0], scored[1]).map { try test.differences($0.trials, $0.scored, $1.scored) }
        return Outcome(comparison: ComparedEvaluation(reports: reports, differences: differences), measured: measured)
    }

    /// Writes this look at the test sets into every run's ledger.
    ///
    /// - Returns: the first run's look; none for a model outside a run folder.
    /// - Throws: ``RunFolderError`` when a ledger cannot be written.
    public func recordLook() throws -> TestLedger.Look? {
        let recipe = runs[0].recipe
        let data = "\(recipe.data.path), sets \(recipe.evaluation.sets.joined(separator: ", "))"
        let settings = [
            "verb": "evaluate", "runs": runs.map(\.recipe.name).joined(separator: ", "),
            "draws": "\(recipe.evaluation.draws)", "seed": "\(recipe.seed)",
        ]
        let looks = try runs.map { run in
            FileManager.default.fileExists(atPath: run.folder.recipe)
                ? try TestLedger(run: run.folder.path).record(data: data, settings: settings) : nil
        }
        return looks[0]
    }

    private func oneShot(_ run: TrainedRun) throws -> NamedValue? {
        guard let path = runs[0].recipe.evaluation.oneShot else { return nil }
        return try OneShotTest(path: roots.resolve(path)).accuracy(run.model)
    }

    /// Keeps the plots, and the report of one run, in the first run's folder; a model outside a run folder has no
    /// such place.
    ///
    /// - Returns: the folder of the plots, where they were kept.
    /// - Throws: ``RunFolderError`` when it cannot be written there.
    @discardableResult
    public func keep(_ outcome: Outcome) throws -> String? {
        let folder = runs[0].folder
        guard FileManager.default.fileExists(atPath: folder.recipe) else { return nil }
        let systems = zip(runs, outcome.measured).map { run, measured in
            EvaluationPlots.System(name: run.recipe.name, trials: measured, threshold: run.model.threshold())
        }
        try PlotFolder(path: folder.plots).write(EvaluationPlots(systems).plots)
        if runs.count == 1 { try store(outcome.comparison.reports[0], in: folder) }
        return folder.plots
    }

    private func store(_ report: EvaluationReport, in folder: RunFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let file = folder.evaluation
        do {
            try encoder.encode(report).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw RunFolderError(path: file, message: "cannot be written: \(error.localizedDescription)")
        }
    }
}

/// One evaluation, or two with their differences.
public struct ComparedEvaluation: Codable, Sendable {
    public let reports: [EvaluationReport]
    /// First − second on the same trials and draws; empty when there is one report.
    public let differences: [EvaluationReport.Row]

    /// What the differences say, in words, one line per set.
    public var verdicts: [String] {
        differences.map { row in
            let shown = row.estimates.filter { !($0.lower <= 0 && 0 <= $0.upper) }
            guard !shown.isEmpty else {
                return "\(row.place): no difference shown; every interval of the differences includes 0."
            }
            let words = shown.map { figure in
                let metric = figure.name.replacingOccurrences(of: IdentityBootstrap.differenceSuffix, with: "")
                return "\(metric) is \(figure.value < 0 ? "lower" : "higher")"
            }
            return "\(row.place): \(words.joined(separator: ", ")) with \(reports[0].name) than with "
                + "\(reports[1].name), outside the noise of these identities."
        }
    }
}
