import Datasets
import Models
import Torch
import Verification

/// The share of the development set that is taken for another class, and in the end a temperature for probabilities.
struct ClassificationDevelopment: DevelopmentTest {
    let recipe: Recipe
    let data: OpenedData

    static let metricName = "error rate[top 1]"

    func figure(_ model: EmbeddingModel, on device: Device) throws -> (name: String, value: Double)? {
        try classified(model, device).map { set in
            (Self.metricName, 1 - ConfusionMatrix(set.scores.decisions).tally.accuracy)
        }
    }

    func completed(_ model: EmbeddingModel, on device: Device) throws -> EmbeddingModel {
        guard let set = try classified(model, device) else { return model }
        var model = model
        model.classifier?.calibration = TemperatureCalibration(
            fitting: set.scores, source: "\(recipe.data.path), development set of \(recipe.name)")
        return model
    }

    func findings(_ model: EmbeddingModel, on device: Device) throws -> (any RunFindings)? {
        guard let set = try classified(model, device) else { return nil }
        return try ClassifiedSets([set], test: test, model: model, recipe: recipe)
    }

    private var test: ClassificationTest {
        ClassificationTest(data: data, evaluation: recipe.evaluation.ofDevelopment, seed: UInt64(recipe.seed))
    }

    /// `nil` where there is no development set.
    private func classified(_ model: EmbeddingModel, _ device: Device) throws -> ClassificationTest.ClassifiedSet? {
        data.split[Split.development] == nil ? nil : try test.classified(model, device: device)[0]
    }
}
