import Datasets
import Foundation
import Models
import Verification

/// What a classifier takes files and folders for, and what could not be read.
public struct PredictionRun: Sendable {
    /// One picture with its likeliest classes.
    public struct Record: Codable, Sendable {
        public let path: String
        /// The likeliest first; of equally likely ones those that come first in the model.
        public let classes: [Choice]
    }

    /// A class with its probability.
    public struct Choice: Codable, Sendable {
        public let name: String
        /// softmax(z/T); with T = 1 where the model has no calibration.
        public let probability: Double
    }

    public let records: [Record]
    /// What was passed over, each with the file and the reason.
    public let failures: [String]
    /// What makes probabilities of the model's logits, in a sentence.
    public let calibration: String

    /// - Parameter top: how many classes of each picture are told.
    /// - Throws: when the model cannot be read or keeps no classes, an input does not exist, or nothing at all could be
    ///   read.
    public init(
        model path: String, inputs: [String], top: Int = 3, device: String = "cpu",
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws {
        precondition(top > 0, "at least one class is told")
        let folder = TrainedRun.modelPath(path)
        let model = try EmbeddingModel(folder: folder)
        try RecipeTask.classification.check(model, at: folder)
        let names = model.classNames
        let calibration = model.classifier?.calibration
        let source = try FileSource(filesAndFolders: inputs)
        var records: [Record] = []
        var failures: [String] = []
        try PictureEmbedder(model: model, device: device).classify(source) { indices, logits, failed in
            for (row, index) in indices.enumerated() {
                let own = logits[row * names.count..<(row + 1) * names.count].map(Double.init)
                let probabilities = TemperatureCalibration.probabilities(
                    own, temperature: calibration?.temperature ?? 1)
                let likeliest = own.indices.sorted { (-own[$0], $0) < (-own[$1], $1) }.prefix(top)
                records.append(
                    Record(
                        path: source.items[index].path,
                        classes: likeliest.map { Choice(name: names[$0], probability: probabilities[$0]) }))
            }
            failures += failed.map(\.reason)
            progress(records.count + failures.count, source.items.count)
        }
        guard !records.isEmpty else {
            throw DataError(
                path: inputs.joined(separator: " "), message: "no picture could be read: \(failures.first ?? "")")
        }
        self.records = records
        self.failures = failures
        self.calibration =
            calibration.map {
                String(format: "probabilities at temperature %.3g, fitted on ", $0.temperature) + $0.source
            } ?? "probabilities as the logits have it: the model has no calibration, for there were no development data"
    }

    /// A line per picture: the path, then each class with its probability.
    public var commaSeparated: String {
        let count = records.map(\.classes.count).max() ?? 0
        let header = ["path"] + (1...max(1, count)).flatMap { ["class_\($0)", "probability_\($0)"] }
        let lines = records.map { record in
            [record.path] + record.classes.flatMap { [$0.name, String(format: "%.6g", $0.probability)] }
        }
        return ([header] + lines).map { $0.map(commaSeparatedCell).joined(separator: ",") + "\n" }.joined()
    }
}
