import Datasets
import Models
import Torch

/// What is measured of a run of a study once it is trained.
protocol RunMeasurement {
    var recipe: Recipe { get }
    /// The draws of the test sets; 0 leaves test sets alone.
    var drawCount: Int { get }
    var drawSeed: UInt64 { get }

    /// The run's model on its sets.
    func measured(_ folder: RunFolder, roots: DataRoots) throws -> StudyFindings

    /// What guessing attains, which is what a run counts that broke down.
    func chance(roots: DataRoots) throws -> StudyFindings
}

extension RunMeasurement {
    /// The run's model, on the device that it was trained on.
    func opened(_ folder: RunFolder) throws -> (model: EmbeddingModel, device: Device) {
        var model = try EmbeddingModel(folder: folder.model)
        let device = try Device(named: recipe.training.device)
        try model.move(to: device)
        return (model, device)
    }

    /// Writes down that test sets are looked at.
    func recordLook(in folder: RunFolder, verb: String, sets: [String]) throws {
        try TestLedger(run: folder.path).record(
            data: "\(recipe.data.path), sets \(sets.joined(separator: ", "))",
            settings: ["verb": verb, "run": recipe.name, "draws": "\(drawCount)", "seed": "\(drawSeed)"])
    }
}
