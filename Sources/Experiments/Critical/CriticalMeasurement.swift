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

    func measured(_ folder: RunFolder, roots: DataRoots) throws -> StudyFindings {
        let (model, device) = try opened(folder)
        if drawCount > 0 { try recordLook(in: folder, verb: "critical", sets: [recipe.evaluation.sets[0]]) }
        var evaluation = recipe.evaluation
        evaluation.sets = sets
        let test = ClassificationTest(data: data, evaluation: evaluation, seed: drawSeed)
        var found = StudyFindings()
        for classified in try test.classified(model, device: device) {
            let (set, scores) = (classified.set, classified.scores)
            if request.keepsLogits { try KeptLogits(scores).write(to: folder.path, set: set) }
            found.add(try rates(set).found(scores.decisions, set: set))
        }
        return found
    }

    func chance(roots: DataRoots) throws -> StudyFindings {
        try sets.reduce(into: StudyFindings()) { found, set in found.add(try rates(set).chance(set: set)) }
    }

    /// The development set, and the test set where it is measured.
    private var sets: [String] { [Split.development] + (drawCount > 0 ? [recipe.evaluation.sets[0]] : []) }

    private func rates(_ set: String) throws -> CriticalRates {
        let classes = try request.classes ?? Set(data.labels(of: data.indices(of: set))).sorted(by: precedesNaturally)
        return CriticalRates(classes: classes, names: data.classes.names, drawCount: drawCount, drawSeed: drawSeed)
    }
}
