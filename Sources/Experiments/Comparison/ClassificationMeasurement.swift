import Datasets
import Foundation
import Models
import Torch
import Verification

/// What is measured of a classifier in a study: its development set, and once its test sets.
struct ClassificationMeasurement: RunMeasurement {
    let recipe: Recipe
    let data: OpenedData
    /// The draws of the test samples; 0 leaves test sets alone.
    let drawCount: Int
    let drawSeed: UInt64

    /// What is measured of test sets, with intervals.
    private static let metrics: [ClassificationMetric] = [.accuracy, .balancedAccuracy, .calibrationError]

    func measured(_ folder: RunFolder, roots: DataRoots) throws -> StudyFindings {
        let (model, device) = try opened(folder)
        var found = StudyFindings()
        if data.split[Split.development] != nil {
            for classified in try test([Split.development]).classified(model, device: device) {
                found.figures += Self.ofDevelopment(
                    errorRate: 1 - ConfusionMatrix(classified.scores.decisions).tally.accuracy,
                    logLoss: classified.scores.logLoss)
            }
        }
        guard drawCount > 0 else { return found }
        try recordLook(in: folder, verb: "compare", sets: recipe.evaluation.sets)
        let test = test(recipe.evaluation.sets)
        for classified in try test.classified(model, device: device) {
            let subset = Self.subset(classified.set)
            let report = try test.drawn(Self.metrics, classified)
            for estimate in report.estimates {
                found.figures.append(
                    .init(
                        metric: estimate.name, subset: subset, value: estimate.value, trials: classified.indices.count))
                found.keep(DrawnMetric(estimate), of: estimate.name, on: subset)
            }
            found.figures += try ClassSpread(classified.features, labels: classified.scores.samples.labels).figures
                .map { .init(metric: $0.name, subset: subset, value: $0.value, trials: classified.indices.count) }
        }
        return found
    }

    /// What guessing attains: one class in C is right, with p = 1/C for each.
    func chance(roots: DataRoots) throws -> StudyFindings {
        let chance = 1 / Double(data.classes.names.count)
        var found = StudyFindings()
        if data.split[Split.development] != nil {
            found.figures += Self.ofDevelopment(errorRate: 1 - chance, logLoss: -log(chance))
        }
        guard drawCount > 0 else { return found }
        for set in recipe.evaluation.sets {
            let (subset, count) = (Self.subset(set), try data.indices(of: set).count)
            for metric in Self.metrics {
                let value = metric == .calibrationError ? 0 : chance
                found.figures.append(.init(metric: metric.name, subset: subset, value: value, trials: count))
                found.keep(DrawnMetric(always: value, drawCount: drawCount), of: metric.name, on: subset)
            }
        }
        return found
    }

    private static func ofDevelopment(errorRate: Double, logLoss: Double) -> [StudyRun.Figure] {
        zip(StudyMetric.choosing[1], [errorRate, logLoss]).map { name, value in
            .init(metric: name, subset: StudyRow.development, value: value, trials: nil)
        }
    }

    /// As result files name a set.
    private static func subset(_ set: String) -> String { set == EvaluationRecipe.defaultSet ? "all" : set }

    private func test(_ sets: [String]) -> ClassificationTest {
        var evaluation = recipe.evaluation
        (evaluation.sets, evaluation.draws) = (sets, max(1, drawCount))
        return ClassificationTest(data: data, evaluation: evaluation, seed: drawSeed)
    }
}
