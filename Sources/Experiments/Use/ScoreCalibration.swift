import Foundation
import Models
import Verification

/// A calibration fitted on development scores, with what is needed to judge it later.
public struct ScoreCalibration: Codable, Sendable {
    /// How scores become log-likelihood ratios.
    public enum Method: String, CaseIterable, Codable, Sendable {
        /// A line, by prior-weighted logistic regression.
        case affine
        /// A function that never falls, by pooling adjacent violators.
        case isotonic
    }

    public let method: Method
    public let affine: AffineCalibration?
    public let isotonic: IsotonicCalibration?
    /// The scores it was fitted on.
    public let source: String
    public let genuineCount: Int
    public let impostorCount: Int
    /// Cllr on the scores it was fitted on: as they are, calibrated, and the least possible.
    public let figures: [NamedValue]

    /// Fits a calibration.
    ///
    /// - Throws: ``/Verification/TrialFileError`` or ``/Verification/VerificationError``.
    public init(_ method: Method, fitting file: TrialFile, targetPrior: Double) throws {
        let scores = try file.detectionScores()
        self.method = method
        affine = method == .affine ? try AffineCalibration(fitting: scores, targetPrior: targetPrior) : nil
        isotonic = method == .isotonic ? IsotonicCalibration(fitting: scores) : nil
        source = file.name
        genuineCount = scores.genuine.count
        impostorCount = scores.impostor.count
        let ratio = Self.function(affine, isotonic)
        let calibrated = try Scores(genuine: scores.genuine.map(ratio), impostor: scores.impostor.map(ratio))
        let cost = Metric.logLikelihoodRatioCost
        let least = Metric.minimumLogLikelihoodRatioCost.named(ErrorRateCurve(scores))
        figures = [
            NamedValue(name: "\(cost.name), before calibration", value: cost(ErrorRateCurve(scores))),
            NamedValue(name: "\(cost.name), after, on the same trials", value: cost(ErrorRateCurve(calibrated))), least,
        ]
    }

    private static func function(
        _ affine: AffineCalibration?, _ isotonic: IsotonicCalibration?
    ) -> (Double) -> Double {
        { score in affine?(score) ?? isotonic?(score) ?? score }
    }

    /// The trials of a file with log-likelihood ratios for scores, as a table.
    public func applied(to file: TrialFile) -> String {
        file.table(
            scores: file.scores.map(Self.function(affine, isotonic)),
            comment: "log-likelihood ratios, \(method.rawValue) calibration fitted on \(source)")
    }

    /// Chooses a threshold on development scores and stores it with a model, in the place of one at the same rate.
    ///
    /// - Throws: ``/Verification/VerificationError/unsupportedFalseAcceptRate(asked:impostorCount:)`` for a rate that
    ///   so few trials cannot support, unless that is allowed.
    public static func storeThreshold(
        falseAcceptRate: Double, on file: TrialFile, model path: String, allowingUnsupported: Bool
    ) throws -> DecisionThreshold {
        let threshold = try DecisionThreshold(
            falseAcceptRate: falseAcceptRate, on: file.detectionScores(), source: file.name,
            allowingUnsupported: allowingUnsupported)
        let folder = TrainedRun.modelPath(path)
        var model = try EmbeddingModel(folder: folder)
        model.thresholds.removeAll { $0.falseAcceptRateAsked == falseAcceptRate }
        model.thresholds.append(threshold)
        model.thresholds.sort { $0.falseAcceptRateAsked < $1.falseAcceptRateAsked }
        try model.save(folder: folder)
        return threshold
    }
}
