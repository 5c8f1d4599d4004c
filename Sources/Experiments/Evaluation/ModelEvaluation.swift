import Datasets
import Foundation
import Models
import Torch
import Verification

/// Measures one run, or two on the same trials.
public struct ModelEvaluation: Sendable {
    private let runs: EvaluatedRuns
    private let test: VerificationTest
    private let roots: DataRoots

    /// - Parameter runs: one, or two that are compared; data and evaluation are the first one's.
    public init(_ runs: [TrainedRun], roots: DataRoots) throws {
        self.runs = EvaluatedRuns(runs)
        self.roots = roots
        let recipe = self.runs.first.recipe
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
        let device = try runs.device
        let embedded = try runs.all.map { run in
            var model = run.model
            try model.move(to: device)
            return try test.embedded(model, device: device) { progress(run.recipe.name, $0, $1) }
        }
        let sets = try zip(runs.all, embedded).map { run, embedded in
            try MeasuredSets(
                embedded, test: test, model: run.model, name: run.recipe.name, oneShot: oneShot(run))
        }
        let scored = runs.all.count == 1 ? [] : try embedded.map { try $0.flatMap(test.scored) }
        let differences =
            scored.isEmpty
            ? [] : try zip(scored[0], scored[1]).map { try test.differences($0.trials, $0.scored, $1.scored) }
        return Outcome(
            comparison: ComparedEvaluation(reports: sets.map(\.report), differences: differences), sets: sets,
            seconds: Date().timeIntervalSince(start))
    }

    /// Writes this look at the test sets into every run's ledger.
    ///
    /// - Returns: the first run's look; none for a model outside a run folder.
    /// - Throws: ``RunFolderError`` when a ledger cannot be written.
    public func recordLook() throws -> TestLedger.Look? { try runs.recordLook() }

    private func oneShot(_ run: TrainedRun) throws -> NamedValue? {
        guard let path = runs.first.recipe.evaluation.oneShot else { return nil }
        return try OneShotTest(path: roots.resolve(path)).accuracy(run.model)
    }

    /// Keeps plots and page, and the figures of one run, in the first run's folder; a model outside a run folder has no
    /// such place.
    ///
    /// - Returns: the page, where it was kept.
    /// - Throws: ``RunFolderError`` when it cannot be written there.
    @discardableResult
    public func keep(_ outcome: Outcome) throws -> String? {
        guard runs.isInRunFolder else { return nil }
        if runs.all.count == 1 {
            try runs.store(outcome.comparison.reports[0])
            return try runs.writePage(outcome.sets[0], seconds: outcome.seconds)
        }
        return try ComparisonPage(
            folder: runs.first.folder, runs: runs.all, outcome: outcome, surroundings: Surroundings(device: runs.device)
        ).write()
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
