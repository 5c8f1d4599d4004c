import Datasets
import Foundation
import Torch
import Training
import Verification

/// One run of a study, to be carried out by whatever process: written to a file, read by another.
public struct StudyRun: Codable, Sendable {
    /// The recipe's file, and what is changed in it, as `key=value`.
    public let recipe: String
    public let settings: [String]
    /// The folder of the study's runs, in which this one has its own under its recipe's name.
    public let runs: String
    /// The folder in which data are looked up first.
    public let data: String?
    /// Whether the test sets are measured; otherwise the development set alone.
    public let measuresTest: Bool
    /// The draws of identities.
    public let drawCount: Int
    /// Starts the draws: the same for all systems and seeds of a fold, another for each fold.
    public let drawSeed: UInt64

    /// What came of a run.
    public struct Result: Codable, Sendable {
        /// Why the run broke down; `nil` when it did not.
        public let collapse: String?
        public let figures: [Figure]
        /// Of all pairs of each test set, by the figure's set and metric: its value on every draw.
        public let draws: [String: DrawnMetric]
        public let seconds: Double
        public let epochs: Int
    }

    /// One number.
    public struct Figure: Codable, Sendable {
        public let metric: String
        public let subset: String
        public let value: Double
        public let trials: Int?
    }

    /// Where the result is kept in the run's folder.
    static let resultName = "result.json"

    /// Trains, measures once, and keeps the result in the run's folder. A run that was interrupted goes on from its
    /// last checkpoint.
    ///
    /// - Throws: what keeps it from being run. A loss that is no number and a network that collapses are results.
    @discardableResult
    public func carryOut(stop: StopSignal = StopSignal()) throws -> Result? {
        let start = Date()
        let recipe = try Recipe(RecipeDocument(path: recipe, settings: settings.map(RecipeDocument.Setting.init)))
        let roots = DataRoots(option: data)
        let folder = RunFolder(runs: runs, name: recipe.name)
        let experiment = try TrainingExperiment(
            recipe, roots: roots, runs: runs, earlier: folder.exists ? .resume : .refuse)
        var best: TrainingState.Best?
        var collapse: String?
        do {
            let outcome = try experiment.run(stop: stop) { _ in }
            guard outcome.isComplete else { return nil }
            best = outcome.best
        } catch let error as NonFiniteLossError {
            collapse = "no finite loss at step \(error.step)"
        } catch let error as CollapseError {
            collapse = error.finding
        }
        let test = VerificationTest(
            data: try OpenedData(recipe.data, roots: roots), evaluation: recipe.evaluation, seed: drawSeed)
        let measured =
            try collapse == nil ? measure(recipe, test, folder, roots) : ([], [:])
        let chance = try collapse == nil ? ([], [:]) : chance(test)
        let development = Figure(
            metric: VerificationTest.developmentMetric.name, subset: StudyRow.development,
            value: collapse == nil ? best?.value ?? .nan : Self.chanceErrorRate, trials: nil)
        let figures = (development.value.isNaN ? [] : [development]) + measured.0 + chance.0
        let result = Result(
            collapse: collapse, figures: figures, draws: measured.1.merging(chance.1) { first, _ in first },
            seconds: Date().timeIntervalSince(start), epochs: recipe.training.epochs)
        try keep(result, in: folder)
        return result
    }

    /// The result that an earlier process left; `nil` where there is none.
    static func result(in folder: String) -> Result? {
        let path = URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent(resultName).path
        return FileManager.default.contents(atPath: path).flatMap { try? JSONDecoder().decode(Result.self, from: $0) }
    }

    private func measure(
        _ recipe: Recipe, _ test: VerificationTest, _ folder: RunFolder, _ roots: DataRoots
    ) throws -> ([Figure], [String: DrawnMetric]) {
        guard measuresTest else { return ([], [:]) }
        let run = try TrainedRun(path: folder.path)
        let device = try Device(named: recipe.training.device)
        var model = run.model
        try model.backbone.move(to: device)
        try TestLedger(run: folder.path).record(
            data: "\(recipe.data.path), sets \(recipe.evaluation.sets.joined(separator: ", "))",
            settings: ["verb": "compare", "run": recipe.name, "draws": "\(drawCount)", "seed": "\(drawSeed)"])
        var figures: [Figure] = []
        var draws: [String: DrawnMetric] = [:]
        let bootstrap = IdentityBootstrap(seed: drawSeed, drawCount: drawCount, threadCount: Libtorch.threadCount)
        for (trials, scored) in try test.scored(model, device: device) {
            let curve = scored.curve
            figures += test.metrics.map { metric in
                Figure(metric: metric.name, subset: trials.subset, value: metric(curve), trials: trials.list.count)
            }
            guard trials.condition == nil else { continue }
            for estimate in try bootstrap.estimates(of: test.metrics, on: scored).estimates {
                draws[StudyRun.drawKey(subset: trials.subset, metric: estimate.name)] = DrawnMetric(
                    value: estimate.value, replicates: estimate.replicates)
            }
        }
        if let path = recipe.evaluation.oneShot {
            let accuracy = try OneShotTest(path: roots.resolve(path)).accuracy(model)
            figures.append(Figure(metric: accuracy.name, subset: "published runs", value: accuracy.value, trials: nil))
        }
        return (figures, draws)
    }

    /// What guessing attains, which is what a run counts that broke down: half of the errors at the crossing, and as
    /// many true accepts as false ones.
    private func chance(_ test: VerificationTest) throws -> ([Figure], [String: DrawnMetric]) {
        guard measuresTest else { return ([], [:]) }
        var figures: [Figure] = []
        var draws: [String: DrawnMetric] = [:]
        for set in test.evaluation.sets {
            for trials in try test.trials(of: set) {
                for metric in test.metrics {
                    let value = metric.falseAcceptRate ?? Self.chanceErrorRate
                    figures.append(
                        Figure(metric: metric.name, subset: trials.subset, value: value, trials: trials.list.count))
                    draws[StudyRun.drawKey(subset: trials.subset, metric: metric.name)] = DrawnMetric(
                        value: value, replicates: Array(repeating: value, count: drawCount))
                }
            }
        }
        return (figures, draws)
    }

    private static let chanceErrorRate = 0.5

    static func drawKey(subset: String, metric: String) -> String { "\(subset): \(metric)" }

    /// Writes the result, and removes what is of no use any more: a study has hundreds of runs.
    private func keep(_ result: Result, in folder: RunFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let file = URL(fileURLWithPath: folder.path, isDirectory: true).appendingPathComponent(Self.resultName).path
        try writeAtomically(String(decoding: encoder.encode(result), as: UTF8.self), to: file)
        let rest =
            [folder.checkpoints.path, folder.tensorBoard.path, folder.plots] + (measuresTest ? [] : [folder.model])
        for path in rest where FileManager.default.fileExists(atPath: path) {
            try FileManager.default.removeItem(atPath: path)
        }
    }
}
