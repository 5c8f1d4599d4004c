import Datasets
import Foundation
import Models
import Torch
import Verification

/// What is measured of a verifier in a study: its development set, and once its test sets.
struct VerificationMeasurement: RunMeasurement {
    let recipe: Recipe
    let data: OpenedData
    /// The draws of the test sets' identities; 0 leaves test sets alone.
    let drawCount: Int
    let drawSeed: UInt64

    /// What settings are chosen by: the error rate, and where a few people leave it equal, how far the scores are
    /// apart at all thresholds.
    static let developmentMetrics = [VerificationTest.developmentMetric, Metric.areaUnderCurve]

    private static let chanceRate = 0.5

    /// The run's model on these sets.
    func measured(_ folder: RunFolder, roots: DataRoots) throws -> StudyFindings {
        let (model, device) = try opened(folder)
        var found = StudyFindings()
        for (_, scored) in try developmentTest?.scored(model, device: device) ?? [] {
            found.figures += Self.developmentMetrics.map { metric in
                .init(metric: metric.name, subset: StudyRow.development, value: metric(scored.curve), trials: nil)
            }
        }
        guard drawCount > 0 else { return found }
        try recordLook(in: folder, verb: "compare", sets: recipe.evaluation.sets)
        let bootstrap = IdentityBootstrap(seed: drawSeed, drawCount: drawCount, threadCount: Libtorch.threadCount)
        for (trials, scored) in try test.scored(model, device: device) {
            let curve = scored.curve
            found.figures += test.metrics.map { figure($0, $0(curve), trials) }
            guard trials.condition == nil else { continue }
            for estimate in try bootstrap.estimates(of: test.metrics, on: scored).estimates {
                found.keep(DrawnMetric(estimate), of: estimate.name, on: trials.subset)
            }
        }
        if let test = try oneShotTest(roots) { found.figures.append(Self.figure(try test.accuracy(model))) }
        return found
    }

    /// What guessing attains, which is what a run counts that broke down: half of the errors at the crossing, and as
    /// many true accepts as false ones.
    func chance(roots: DataRoots) throws -> StudyFindings {
        var found = StudyFindings()
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
                found.keep(DrawnMetric(always: value, drawCount: drawCount), of: metric.name, on: trials.subset)
            }
        }
        if let test = try oneShotTest(roots) { found.figures.append(Self.figure(try test.chance())) }
        return found
    }

    private func figure(_ metric: Metric, _ value: Double, _ trials: VerificationTest.Trials) -> StudyRun.Figure {
        .init(metric: metric.name, subset: trials.subset, value: value, trials: trials.list.count)
    }

    private func oneShotTest(_ roots: DataRoots) throws -> OneShotTest? {
        try recipe.evaluation.oneShot.map { try OneShotTest(path: roots.resolve($0)) }
    }

    private static func figure(_ accuracy: NamedValue) -> StudyRun.Figure {
        .init(metric: accuracy.name, subset: "published runs", value: accuracy.value, trials: nil)
    }

    private var test: VerificationTest {
        VerificationTest(data: data, evaluation: recipe.evaluation, seed: drawSeed)
    }

    private var developmentTest: VerificationTest? {
        guard data.split[Split.development] != nil else { return nil }
        return VerificationTest(data: data, evaluation: recipe.evaluation.ofDevelopment, seed: drawSeed)
    }
}
