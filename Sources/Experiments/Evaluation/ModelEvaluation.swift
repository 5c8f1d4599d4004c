import Datasets
import Foundation
import Models
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

    /// What was found, and what its plots and its page are made of.
    public struct Outcome: Sendable {
        public let comparison: ComparedEvaluation
        let sets: [MeasuredSets]
        let seconds: Double
    }

    /// Embeds, scores and measures.
    ///
    /// - Parameter progress: called with the run's name, pictures done, and pictures in all.
    public func run(progress: (String, Int, Int) -> Void = { _, _, _ in }) throws -> Outcome {
        let start = Date()
        let device = try device
        let embedded = try runs.map { run in
            var model = run.model
            try model.move(to: device)
            return try test.embedded(model, device: device) { progress(run.recipe.name, $0, $1) }
        }
        let sets = try zip(runs, embedded).map { run, embedded in
            try MeasuredSets(
                embedded, test: test, model: run.model, name: run.recipe.name, oneShot: oneShot(run))
        }
        let scored = runs.count == 1 ? [] : try embedded.map { try $0.flatMap(test.scored) }
        let differences =
            scored.isEmpty
            ? [] : try zip(scored[0], scored[1]).map { try test.differences($0.trials, $0.scored, $1.scored) }
        return Outcome(
            comparison: ComparedEvaluation(reports: sets.map(\.report), differences: differences), sets: sets,
            seconds: Date().timeIntervalSince(start))
    }

    private var device: Device {
        get throws { try Device(named: runs[0].recipe.training.device) }
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

    /// Keeps plots and page, and the figures of one run, in the first run's folder; a model outside a run folder has no
    /// such place.
    ///
    /// - Returns: the page, where it was kept.
    /// - Throws: ``RunFolderError`` when it cannot be written there.
    @discardableResult
    public func keep(_ outcome: Outcome) throws -> String? {
        let folder = runs[0].folder
        guard FileManager.default.fileExists(atPath: folder.recipe) else { return nil }
        let surroundings = Surroundings(device: try device)
        if runs.count == 1 {
            try store(outcome.comparison.reports[0], in: folder)
            try RunPage(
                folder: folder, recipe: runs[0].recipe, model: runs[0].model.networkSummary,
                thresholds: runs[0].model.thresholds, sets: outcome.sets[0],
                kind: .evaluation(surroundings, seconds: outcome.seconds)
            ).write()
            return folder.report
        }
        return try ComparisonPage(
            folder: folder, runs: runs, outcome: outcome, surroundings: surroundings
        ).write()
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
