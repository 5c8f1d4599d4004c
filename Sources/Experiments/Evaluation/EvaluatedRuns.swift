import Foundation
import Torch

/// One run that is measured, or two that are compared; data and evaluation are the first one's.
struct EvaluatedRuns: Sendable {
    let all: [TrainedRun]

    init(_ runs: [TrainedRun]) {
        precondition(runs.count == 1 || runs.count == 2, "one run, or two to be compared")
        all = runs
    }

    var first: TrainedRun { all[0] }

    var device: Device {
        get throws { try Device(named: first.recipe.training.device) }
    }

    /// Whether there is a place to keep what is found: a model outside a run folder has none.
    var isInRunFolder: Bool { FileManager.default.fileExists(atPath: first.folder.recipe) }

    /// Writes this look at the test sets into every run's ledger.
    ///
    /// - Returns: the first run's look; none for a model outside a run folder.
    /// - Throws: ``RunFolderError`` when a ledger cannot be written.
    func recordLook() throws -> TestLedger.Look? {
        let recipe = first.recipe
        let data = "\(recipe.data.path), sets \(recipe.evaluation.sets.joined(separator: ", "))"
        let settings = [
            "verb": "evaluate", "runs": all.map(\.recipe.name).joined(separator: ", "),
            "draws": "\(recipe.evaluation.draws)", "seed": "\(recipe.seed)",
        ]
        let looks = try all.map { run in
            FileManager.default.fileExists(atPath: run.folder.recipe)
                ? try TestLedger(run: run.folder.path).record(data: data, settings: settings) : nil
        }
        return looks[0]
    }

    /// Keeps the figures of one run in its folder.
    func store(_ report: some Encodable) throws {
        try writeAtomically(JSONEncoder.legible.encode(report), to: first.folder.evaluation)
    }

    /// Writes plots and page of one run.
    ///
    /// - Returns: the page's path.
    func writePage(_ findings: any RunFindings, seconds: Double) throws -> String {
        try RunPage(
            folder: first.folder, recipe: first.recipe, model: first.model.networkSummary, findings: findings,
            kind: .evaluation(Surroundings(device: device), seconds: seconds)
        ).write()
        return first.folder.report
    }
}
