import Foundation
import Torch
import Verification

/// The logits of a run on a set, kept in the run's folder: decisions with a bias are made of them.
struct KeptLogits {
    let scores: ClassScores

    init(_ scores: ClassScores) {
        self.scores = scores
    }

    private static func file(_ run: String, _ set: String) -> URL {
        URL(fileURLWithPath: run, isDirectory: true).appendingPathComponent("logits-\(set).safetensors")
    }

    func write(to run: String, set: String) throws {
        let samples = scores.samples
        var tensors = [
            ("logits", try Tensor(scores.values, shape: [samples.count, scores.classCount])),
            ("labels", try Tensor(samples.labels.map(Int64.init))),
        ]
        if let groups = samples.groups { tensors.append(("groups", try Tensor(groups.map(Int64.init)))) }
        try Safetensors.save(tensors, to: Self.file(run, set))
    }

    /// - Throws: ``ComparisonError`` where they are gone.
    init(run: String, set: String) throws {
        let file = Self.file(run, set)
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw ComparisonError(
                "\(file.path): the run's logits are gone, so that no bias can be tried on them. Take the run's lines "
                    + "from the result file and its folder away, and the same command does it again")
        }
        let kept = try Safetensors.load(file)
        func tensor(_ name: String) throws -> Tensor {
            guard let tensor = kept.tensors[name] else {
                throw TensorFileError(file: file.path, tensor: name, reason: "is missing; it holds no run's logits")
            }
            return tensor
        }
        func numbers(_ name: String) throws -> [Int] { try tensor(name).elements(as: Int64.self).map(Int.init) }
        let logits = try tensor("logits")
        let (labels, classCount) = (try numbers("labels"), logits.size(1))
        let samples = try LabelledSamples(
            labels: labels, classCount: classCount, groups: kept.names.contains("groups") ? numbers("groups") : nil)
        scores = try ClassScores(logits.elements(as: Float.self), of: samples)
    }
}
