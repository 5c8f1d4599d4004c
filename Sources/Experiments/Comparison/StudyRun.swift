import Datasets
import Foundation
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
    /// What is measured once it is trained.
    let measures: Measures

    /// What is measured of a run.
    struct Measures: Codable, Sendable {
        /// Whether the test sets are measured; otherwise the development set alone.
        var test: Bool
        /// The draws of identities, or of a classifier's samples.
        var drawCount: Int
        /// Starts the draws: the same for all systems and seeds of a fold, another for each fold.
        var drawSeed: UInt64
        /// The critical classes of a classifier and what is kept of its decisions; `nil` in other studies.
        var critical: CriticalMeasurement.Request?
    }

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
        let measurement = measurement(recipe, try OpenedData(recipe.data, roots: roots))
        var collapse: String?
        var found: StudyFindings
        do {
            guard try experiment.run(stop: stop, observer: { _ in }).isComplete else { return nil }
            found = try measurement.measured(folder, roots: roots)
        } catch let error as NonFiniteLossError {
            collapse = "no finite loss at step \(error.step)"
            found = try measurement.chance(roots: roots)
        } catch let error as CollapseError {
            collapse = error.finding
            found = try measurement.chance(roots: roots)
        }
        let result = Result(
            collapse: collapse, figures: found.figures, draws: found.draws,
            seconds: Date().timeIntervalSince(start), epochs: recipe.training.epochs)
        try keep(result, in: folder)
        return result
    }

    private func measurement(_ recipe: Recipe, _ data: OpenedData) -> any RunMeasurement {
        let drawCount = measures.test ? measures.drawCount : 0
        if let critical = measures.critical {
            return CriticalMeasurement(
                recipe: recipe, data: data, request: critical, drawCount: drawCount, drawSeed: measures.drawSeed)
        }
        return switch recipe.task {
        case .verification:
            VerificationMeasurement(recipe: recipe, data: data, drawCount: drawCount, drawSeed: measures.drawSeed)
        case .classification:
            ClassificationMeasurement(recipe: recipe, data: data, drawCount: drawCount, drawSeed: measures.drawSeed)
        }
    }

    /// The result that an earlier process left; `nil` where there is none.
    static func result(in folder: String) -> Result? {
        let path = URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent(resultName).path
        return FileManager.default.contents(atPath: path).flatMap { try? JSONDecoder().decode(Result.self, from: $0) }
    }

    static func drawKey(subset: String, metric: String) -> String { "\(subset): \(metric)" }

    /// Puts a result into a run's folder.
    static func write(_ result: Result, to folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let file = URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent(resultName).path
        try writeAtomically(String(decoding: encoder.encode(result), as: UTF8.self), to: file)
    }

    /// Writes the result, and removes what is of no use any more: a study has hundreds of runs.
    private func keep(_ result: Result, in folder: RunFolder) throws {
        try Self.write(result, to: folder.path)
        let rest =
            [folder.checkpoints.path, folder.tensorBoard.path, folder.plots] + (measures.test ? [] : [folder.model])
        for path in rest where FileManager.default.fileExists(atPath: path) {
            try FileManager.default.removeItem(atPath: path)
        }
    }
}
