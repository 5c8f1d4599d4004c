import Datasets
import Foundation
import Models
import Torch
import Verification

/// What is measured of a classifier in a study of critical classes: accuracy and the rates of these classes on the
/// development set, and once on the test set.
struct CriticalMeasurement: RunMeasurement {
    /// What a study asks of a run.
    struct Request: Codable, Sendable, Hashable {
        /// The critical classes; `nil` for all classes.
        var classes: [String]?
        /// Whether logits are kept, for decisions with a bias.
        var keepsLogits = false
    }

    let recipe: Recipe
    let data: OpenedData
    let request: Request
    /// The draws of the test samples; 0 leaves the test set alone.
    let drawCount: Int
    let drawSeed: UInt64

    func measured(_ folder: RunFolder, roots: DataRoots) throws -> StudyMeasurement.Found {
        var model = try EmbeddingModel(folder: folder.model)
        let device = try Device(named: recipe.training.device)
        try model.move(to: device)
        if drawCount > 0 {
            try TestLedger(run: folder.path).record(
                data: "\(recipe.data.path), set \(recipe.evaluation.sets[0])",
                settings: ["verb": "critical", "run": recipe.name, "draws": "\(drawCount)", "seed": "\(drawSeed)"])
        }
        var evaluation = recipe.evaluation
        evaluation.sets = sets
        let test = ClassificationTest(data: data, evaluation: evaluation, seed: drawSeed)
        var found = StudyMeasurement.Found()
        for classified in try test.classified(model, device: device) {
            let (set, scores) = (classified.set, classified.scores)
            if request.keepsLogits { try KeptLogits(scores).write(to: folder.path, set: set) }
            found.add(try rates(set).found(scores.decisions, set: set))
        }
        return found
    }

    func chance() throws -> StudyMeasurement.Found {
        try sets.reduce(into: StudyMeasurement.Found()) { found, set in found.add(try rates(set).chance(set: set)) }
    }

    /// The development set, and the test set where it is measured.
    private var sets: [String] { [Split.development] + (drawCount > 0 ? [recipe.evaluation.sets[0]] : []) }

    private func rates(_ set: String) throws -> CriticalRates {
        let classes = try request.classes ?? Set(data.labels(of: data.indices(of: set))).sorted(by: precedesNaturally)
        return CriticalRates(classes: classes, names: data.classes.names, drawCount: drawCount, drawSeed: drawSeed)
    }
}
