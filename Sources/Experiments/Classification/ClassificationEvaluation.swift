import Datasets
import Foundation
import Models
import Verification

/// Measures one classifier, or two on the same pictures.
public struct ClassificationEvaluation: Sendable {
    private let runs: EvaluatedRuns
    private let test: ClassificationTest

    /// - Parameter runs: one, or two that are compared; data and evaluation are the first one's.
    /// - Throws: ``/Models/ModelFolderError`` for a model without classes, or with others than the first one's.
    public init(_ runs: [TrainedRun], roots: DataRoots) throws {
        self.runs = EvaluatedRuns(runs)
        let recipe = self.runs.first.recipe
        let data = try OpenedData(recipe.data, roots: roots)
        for run in runs {
            try RecipeTask.classification.check(run.model, at: run.folder.path)
            guard run.model.classNames == data.classes.names else {
                throw ModelFolderError(
                    path: run.folder.path,
                    message:
                        "tells \(run.model.classNames.count) classes apart, \(Self.named(run.model.classNames)), and "
                        + "\(recipe.data.path) has \(data.classes.names.count), \(Self.named(data.classes.names)); "
                        + "both must be the same")
            }
        }
        test = ClassificationTest(data: data, evaluation: recipe.evaluation, seed: UInt64(recipe.seed))
    }

    private static func named(_ classes: [String]) -> String {
        classes.prefix(3).joined(separator: ", ") + (classes.count > 3 ? ", …" : "")
    }

    /// What was found, and what its page is made of.
    public struct Outcome: Sendable {
        public let comparison: ComparedClassification
        let sets: [ClassifiedSets]
        let seconds: Double
    }

    /// Classifies and measures.
    ///
    /// - Parameter progress: called with the run's name, pictures done, and pictures in all.
    public func run(progress: (String, Int, Int) -> Void = { _, _, _ in }) throws -> Outcome {
        let start = Date()
        let device = try runs.device
        let classified = try runs.all.map { run in
            var model = run.model
            try model.move(to: device)
            return try test.classified(model, device: device) { progress(run.recipe.name, $0, $1) }
        }
        let sets = try zip(runs.all, classified).map { run, classified in
            try ClassifiedSets(classified, test: test, model: run.model, recipe: run.recipe)
        }
        return Outcome(
            comparison: ComparedClassification(
                runs: sets.map { .init(name: $0.name, sets: $0.reports) },
                differences: classified.count == 1 ? [] : try differences(classified),
                classesNotCompared: classified.count == 1
                    ? 0 : max(0, test.data.classes.names.count - Self.comparedClasses)),
            sets: sets,
            seconds: Date().timeIntervalSince(start))
    }

    /// First − second, draw by draw.
    private func differences(_ classified: [[ClassificationTest.ClassifiedSet]]) throws -> [ComparedClassification.Row]
    {
        try zip(classified[0], classified[1]).flatMap { first, second in
            let metrics = metrics(of: first)
            let report = try test.drawn(metrics, first)
            return zip(report.estimates, try test.drawn(metrics, second).estimates).map { own, other in
                let paired = PairedComparison(
                    first: [[DrawnMetric(own)]], second: [[DrawnMetric(other)]], seed: test.seed)
                return ComparedClassification.Row(
                    set: first.set, name: own.name, value: paired.difference,
                    interval: paired.interval(confidence: own.interval.confidence), method: report.method)
            }
        }
    }

    /// What two runs are compared by: overall, and the recall of every class that the set has.
    private func metrics(of set: ClassificationTest.ClassifiedSet) -> [ClassificationMetric] {
        let present = Set(set.scores.samples.labels)
        return [.accuracy, .balancedAccuracy, .macroF1, .logLoss, .calibrationError]
            + test.data.classes.names.enumerated().filter { present.contains($0.offset) }.prefix(Self.comparedClasses)
            .map { .recall(of: $0.offset, named: $0.element) }
    }

    /// A draw must have samples of all classes that it compares.
    private static let comparedClasses = 20

    /// Writes this look at the test sets into every run's ledger.
    ///
    /// - Returns: the first run's look; none for a model outside a run folder.
    /// - Throws: ``RunFolderError`` when a ledger cannot be written.
    public func recordLook() throws -> TestLedger.Look? { try runs.recordLook() }

    /// Keeps plots, page and figures in the run's folder; differences of two runs are printed alone.
    ///
    /// - Returns: the page, where one was kept.
    /// - Throws: ``RunFolderError`` when it cannot be written there.
    @discardableResult
    public func keep(_ outcome: Outcome) throws -> String? {
        guard runs.isInRunFolder, runs.all.count == 1 else { return nil }
        try runs.store(outcome.comparison.runs[0])
        return try runs.writePage(outcome.sets[0], seconds: outcome.seconds)
    }
}

/// One classifier's figures, or two with their differences.
public struct ComparedClassification: Codable, Sendable {
    public struct Run: Codable, Sendable {
        public let name: String
        public let sets: [SetReport]
    }

    /// The difference first − second of one figure on the same samples and draws.
    public struct Row: Codable, Sendable {
        public let set: String
        public let name: String
        public let value: Double
        public let interval: Interval
        public let method: String

        /// Whether the interval leaves out 0.
        public var isShown: Bool { !interval.contains(0) }
    }

    public let runs: [Run]
    /// Empty when there is one run.
    public let differences: [Row]
    /// The classes, the last ones, whose recalls are not among the differences: every draw has samples of all that are.
    public let classesNotCompared: Int
}
