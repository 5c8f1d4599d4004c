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

    /// Embeds, scores and draws.
    ///
    /// - Parameter progress: called with the run's name, pictures done, and pictures in all.
    public func run(progress: (String, Int, Int) -> Void = { _, _, _ in }) throws -> ComparedEvaluation {
        let device = try Device(named: runs[0].recipe.training.device)
        let scored = try runs.map { run in
            var model = run.model
            try model.backbone.move(to: device)
            return try test.scored(model, device: device) { progress(run.recipe.name, $0, $1) }
        }
        let reports = try zip(runs, scored).map { run, scored in
            EvaluationReport(
                name: run.recipe.name, rows: try scored.map { try test.row($0.trials, $0.scored) },
                oneShot: try oneShot(run))
        }
        let differences =
            runs.count == 1
            ? [] : try zip(scored[0], scored[1]).map { try test.differences($0.trials, $0.scored, $1.scored) }
        return ComparedEvaluation(reports: reports, differences: differences)
    }

    private func oneShot(_ run: TrainedRun) throws -> NamedValue? {
        guard let path = runs[0].recipe.evaluation.oneShot else { return nil }
        return try OneShotTest(path: roots.resolve(path)).accuracy(run.model)
    }

    /// Keeps the report of one run in its folder; a comparison, or a model outside a run folder, has no such place.
    ///
    /// - Throws: ``RunFolderError`` when it cannot be written there.
    public func keep(_ evaluation: ComparedEvaluation) throws {
        guard runs.count == 1, FileManager.default.fileExists(atPath: runs[0].folder.recipe) else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let file = runs[0].folder.evaluation
        do {
            try encoder.encode(evaluation.reports[0]).write(to: URL(fileURLWithPath: file), options: .atomic)
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
            let place = [row.set, row.condition].compactMap { $0 }.joined(separator: ", ")
            let shown = row.estimates.filter { !($0.lower <= 0 && 0 <= $0.upper) }
            guard !shown.isEmpty else {
                return "\(place): no difference shown; every interval of the differences includes 0."
            }
            let names = shown.map { "\($0.name) \($0.value < 0 ? "lower" : "higher")" }.joined(separator: ", ")
            return "\(place): \(reports[0].name) has \(names) than \(reports[1].name), "
                + "outside the noise of the identities."
        }
    }
}
