import Datasets
import Foundation
import Models
import Torch
import Verification

/// What is measured of a run of a study: its development set, and once its test sets.
struct StudyMeasurement: RunMeasurement {
    let recipe: Recipe
    let data: OpenedData
    /// The draws of the test sets' identities; 0 leaves test sets alone.
    let drawCount: Int
    let drawSeed: UInt64

    struct Found {
        var figures: [StudyRun.Figure] = []
        var draws: [String: DrawnMetric] = [:]

        mutating func add(_ other: Found) {
            figures += other.figures
            draws.merge(other.draws) { $1 }
        }
    }

    /// What settings are chosen by: the error rate, and where a few people leave it equal, how far the scores are
    /// apart at all thresholds.
    static let developmentMetrics = [VerificationTest.developmentMetric, Metric.areaUnderCurve]

    private static let development = Split.development
    private static let chanceRate = 0.5

    /// The run's model on these sets.
    func measured(_ folder: RunFolder, roots: DataRoots) throws -> Found {
        var model = try EmbeddingModel(folder: folder.model)
        let device = try Device(named: recipe.training.device)
        try model.move(to: device)
        var found = Found()
        for (_, scored) in try developmentTest?.scored(model, device: device) ?? [] {
            found.figures += Self.developmentMetrics.map { metric in
                .init(metric: metric.name, subset: StudyRow.development, value: metric(scored.curve), trials: nil)
            }
        }
        guard drawCount > 0 else { return found }
        try TestLedger(run: folder.path).record(
            data: "\(recipe.data.path), sets \(recipe.evaluation.sets.joined(separator: ", "))",
            settings: ["verb": "compare", "run": recipe.name, "draws": "\(drawCount)", "seed": "\(drawSeed)"])
        let bootstrap = IdentityBootstrap(seed: drawSeed, drawCount: drawCount, threadCount: Libtorch.threadCount)
        for (trials, scored) in try test.scored(model, device: device) {
            let curve = scored.curve
            found.figures += test.metrics.map { figure($0, $0(curve), trials) }
            guard trials.condition == nil else { continue }
            for estimate in try bootstrap.estimates(of: test.metrics, on: scored).estimates {
                found.draws[StudyRun.drawKey(subset: trials.subset, metric: estimate.name)] = DrawnMetric(
                    value: estimate.value, replicates: estimate.replicates)
            }
        }
        if let path = recipe.evaluation.oneShot {
            let accuracy = try OneShotTest(path: roots.resolve(path)).accuracy(model)
            found.figures.append(
                .init(metric: accuracy.name, subset: "published runs", value: accuracy.value, trials: nil))
        }
        return found
    }

    /// What guessing attains, which is what a run counts that broke down: half of the errors at the crossing, and as
    /// many true accepts as false ones.
    func chance() throws -> Found {
        var found = Found()
        if developmentTest != nil {
            found.figures += Self.developmentMetrics.map { metric in
                .init(metric: metric.name, subset: StudyRow.development, value: Self.chanceRate, trials: nil)
            }
        }
        guard drawCount > 0 else { return found }
        for trials in try recipe.evaluation.sets.flatMap(test.trials) {
            for metric in test.metrics {
                let value = metric.falseAcceptRate ?? Self.chanceRate
                found.figures.append(figure(metric, value, trials))
                found.draws[StudyRun.drawKey(subset: trials.subset, metric: metric.name)] = DrawnMetric(
                    value: value, replicates: Array(repeating: value, count: drawCount))
            }
        }
        return found
    }

    private func figure(_ metric: Metric, _ value: Double, _ trials: VerificationTest.Trials) -> StudyRun.Figure {
        .init(metric: metric.name, subset: trials.subset, value: value, trials: trials.list.count)
    }

    private var test: VerificationTest {
        VerificationTest(data: data, evaluation: recipe.evaluation, seed: drawSeed)
    }

    private var developmentTest: VerificationTest? {
        guard data.split[Self.development] != nil else { return nil }
        var evaluation = recipe.evaluation
        evaluation.sets = [Self.development]
        evaluation.by = nil
        return VerificationTest(data: data, evaluation: evaluation, seed: drawSeed)
    }
}
