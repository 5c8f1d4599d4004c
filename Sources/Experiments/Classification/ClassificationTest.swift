import Datasets
import Models
import Torch
import Verification

/// Measures a model by classification: which of the classes of training each picture shows.
struct ClassificationTest {
    let data: OpenedData
    let evaluation: EvaluationRecipe
    let seed: UInt64

    /// The pictures of a set with what the model makes of them.
    struct ClassifiedSet: Sendable {
        let set: String
        /// The items that the rows belong to.
        let indices: [Int]
        /// [N, d], as the network gives them.
        let features: Tensor
        /// Logits with the labels, and the same calibrated as the model is.
        let plain: ClassScores
        let scores: ClassScores

        /// For messages.
        var place: String { "the set \(set)" }
    }

    /// The pictures of all sets of the recipe, classified.
    ///
    /// - Parameter progress: called with pictures done and pictures in all.
    func classified(
        _ model: EmbeddingModel, device: Device, progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> [ClassifiedSet] {
        let sets = try evaluation.sets.map { ($0, try data.indices(of: $0)) }
        // What is missing should show before minutes of work.
        for (_, indices) in sets { _ = try data.classNumbers(of: indices) }
        let total = sets.reduce(0) { $0 + $1.1.count }
        var before = 0
        return try sets.map { set, indices in
            let found = try model.classified(data.source, indices: indices, on: device) { done in
                progress(before + done, total)
            }
            before += indices.count
            try CollapseError.check(found.features, of: set)
            let samples = try samples(of: indices)
            let scores = try DataError.naming("the set \(set)") {
                try ClassScores(found.logits.elements(as: Float.self), of: samples)
            }
            return ClassifiedSet(
                set: set, indices: indices, features: found.features, plain: scores,
                scores: model.classifier?.calibration.map(scores.calibrated) ?? scores)
        }
    }

    /// Labels, and groups where the data have one for every sample.
    private func samples(of indices: [Int]) throws -> LabelledSamples {
        let groups = indices.compactMap { data.source.items[$0].group }
        return try LabelledSamples(
            labels: data.classNumbers(of: indices), classCount: data.classes.names.count,
            groups: groups.count == indices.count ? groups : nil)
    }

    /// The figures of a set with their intervals.
    func report(_ classified: ClassifiedSet) throws -> ClassificationReport {
        try DataError.naming(classified.place) {
            try ClassificationReport(
                classified.scores, classNames: data.classes.names,
                options: .init(topCounts: evaluation.top, drawCount: evaluation.draws, seed: seed))
        }
    }

    /// Metrics of one system with their values on every draw, the same draws for all systems on these samples.
    func drawn(_ metrics: [ClassificationMetric], _ classified: ClassifiedSet) throws -> BootstrapReport {
        try DataError.naming(classified.place) {
            try ClassificationBootstrap(seed: seed, drawCount: evaluation.draws, threadCount: Libtorch.threadCount)
                .estimates(of: metrics, on: classified.scores)
        }
    }
}

extension RecipeTask {
    /// What a model must have for this task.
    ///
    /// - Throws: ``/Models/ModelFolderError`` where it has not.
    func check(_ model: EmbeddingModel, at path: String) throws {
        guard self == .verification || model.classifier != nil else {
            throw ModelFolderError(
                path: path,
                message: "keeps no classes, for it was trained to verify; train it with task: classification")
        }
    }
}
