import Datasets
import Models
import Torch
import Verification

/// All pairs of the development set: the equal error rate, and in the end thresholds.
struct VerificationDevelopment: DevelopmentTest {
    let recipe: Recipe
    let data: OpenedData

    func figure(_ model: EmbeddingModel, on device: Device) throws -> (name: String, value: Double)? {
        let metric = VerificationTest.developmentMetric
        return try trials(model, device).map { (metric.name, metric($0.curve)) }
    }

    /// With thresholds at those of the recipe's rates that so many trials support; at the highest where they support
    /// none.
    func completed(_ model: EmbeddingModel, on device: Device) throws -> EmbeddingModel {
        guard let trials = try trials(model, device) else { return model }
        var model = model
        let source = "\(recipe.data.path), development set of \(recipe.name)"
        model.thresholds = try recipe.evaluation.thresholdRates.compactMap { rate in
            do {
                return try DecisionThreshold(falseAcceptRate: rate, on: trials, source: source)
            } catch VerificationError.unsupportedFalseAcceptRate {
                return nil
            }
        }
        if model.thresholds.isEmpty, let rate = recipe.evaluation.thresholdRates.max() {
            model.thresholds = [
                try DecisionThreshold(falseAcceptRate: rate, on: trials, source: source, allowingUnsupported: true)
            ]
        }
        model.thresholds.sort { $0.falseAcceptRateAsked < $1.falseAcceptRateAsked }
        return model
    }

    func findings(_ model: EmbeddingModel, on device: Device) throws -> (any RunFindings)? {
        guard data.split[Split.development] != nil else { return nil }
        let test = VerificationTest(data: data, evaluation: recipe.evaluation.ofDevelopment, seed: UInt64(recipe.seed))
        return try MeasuredSets(
            test.embedded(model, device: device), test: test, model: model, name: recipe.name)
    }

    /// The scores of all pairs of the development set; `nil` when there is none.
    private func trials(_ model: EmbeddingModel, _ device: Device) throws -> ScoredTrials? {
        guard let indices = data.split[Split.development] else { return nil }
        let embeddings = try model.embeddings(of: data.source, indices: indices, on: device)
        try CollapseError.check(embeddings, of: Split.development)
        return try Scoring.trials(TrialList(allPairsOf: data.labels(of: indices)), embeddings: embeddings)
    }
}
