import AngularMargin
import Foundation
import Torch
import Verification

// The rows of a head on disk: `weight`, and `bias` where classes have one.

extension Classifier {
    private static let weightName = "weight"
    private static let biasName = "bias"

    /// Reads a file, and holds its shapes against the model's.
    ///
    /// - Throws: ``ModelFolderError`` that says what does not fit.
    init(
        _ decision: ClassDecision, calibration: TemperatureCalibration?, file: URL, classCount: Int, featureCount: Int
    ) throws {
        let tensors = try Safetensors.load(file).tensors
        func failure(_ message: String) -> ModelFolderError { ModelFolderError(path: file.path, message: message) }
        guard let weight = tensors[Self.weightName] else { throw failure("has no tensor “\(Self.weightName)”") }
        let rows = decision.member == nil ? classCount : 1
        guard weight.rank == 2 || weight.rank == 3, weight.size(0) == rows,
            weight.shape[weight.rank - 1] == featureCount
        else {
            throw failure(
                "has weights of shape \(weight.shape); \(rows) classes of \(featureCount) features need "
                    + "[\(rows), \(featureCount)], or [\(rows), K, \(featureCount)] with sub-centres")
        }
        let bias = tensors[Self.biasName]
        if let bias, bias.shape != [classCount] {
            throw failure("has a bias of shape \(bias.shape); \(classCount) classes need [\(classCount)]")
        }
        self.init(decision: decision, weight: weight, bias: bias, calibration: calibration)
    }

    func save(to file: URL) throws {
        try Safetensors.save(
            [(Self.weightName, weight)] + (bias.map { [(Self.biasName, $0)] } ?? []), metadata: ["format": "pt"],
            to: file)
    }
}
