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
        let reports = try runs.indices.map { index in
            let report = EvaluationReport(
                name: runs[index].recipe.name, rows: try scored[index].map { try tests[index].row($0.trials, $0.scored) },
                oneShot: try oneShot(runs[index]))
            return report
        }
        if runs.count == 1 { try store(reports[0], in: runs[0]) }
        let differences =
            runs.count == 1
            ? [] : try zip(scored[0], scored[1]).map { try tests[0].differences($0.trials, $0.scored, $1.scored) }
        return ComparedEvaluation(reports: reports, differences: differences)
    }

    private func oneShot(_ run: TrainedRun) throws -> NamedValue? {
        guard let path = runs[0].recipe.evaluation.oneShot else { return nil }
        return try OneShotTest(path: roots.resolve(path)).accuracy(run.model)
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

    /// What the differences say, in words, one line per set.
    public var verdicts: [String] {
        differences.map { row in
            let place = [row.set, row.condition].compactMap { $0 }.joined(separator: ", ")
            let shown = row.estimates.filter { !($0.lower <= 0 && 0 <= $0.upper) }
            guard !shown.isEmpty else {
                return "\(place): no difference shown; every interval of the differences includes 0."
            }
            let names = shown.map { "\($0.name) \($0.value < 0 ? "lower" : "higher")" }
            return "\(place): \(reports[0].name) has \(names.joined(separator: ", ")) than \(reports[1].name), outside the noise of the identities."
        }
    }
}
