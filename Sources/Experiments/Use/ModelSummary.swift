import AngularMargin
import Models
import Torch
import Verification

/// What a model folder holds.
public struct ModelSummary: Encodable, Sendable {
    public let network: String
    public let parameters: Int
    public let embeddingSize: Int
    public let pictures: PictureTransform
    public let addsMirrored: Bool
    public let classNames: [String]
    /// How it tells its classes apart, and what makes probabilities of that; `nil` for a model that only compares.
    public let classes: ClassDecision?
    public let calibration: TemperatureCalibration?
    public let thresholds: [DecisionThreshold]
    public let provenance: [String: String]

    public init(model path: String) throws {
        let model = try EmbeddingModel(folder: TrainedRun.modelPath(path))
        network = model.description.name
        parameters = model.backbone.parameterCount
        embeddingSize = model.embeddingSize
        pictures = model.transform
        addsMirrored = model.addsMirrored
        classNames = model.classNames
        classes = model.classifier?.decision
        calibration = model.classifier?.calibration
        thresholds = model.thresholds
        provenance = model.provenance
    }

    private var classification: [(name: String, value: String)] {
        guard let classes else { return [] }
        let similarity = classes.similarity == .cosine ? "cosine" : "inner product"
        let temperature =
            calibration.map {
                String(format: "probabilities at temperature %.3g, fitted on ", $0.temperature)
                    + "\($0.sampleCount) samples of \($0.source)" + ($0.isSupported ? "" : " (\($0.outcome.rawValue))")
            } ?? "probabilities not calibrated, for want of development data"
        return [("classifies", "by the \(similarity) to its classes; \(temperature)")]
    }

    /// The summary as names and values, thresholds apart.
    public var lines: [(name: String, value: String)] {
        let color = pictures.channels == 1 ? "grey" : "RGB"
        let classes = classNames.prefix(8).joined(separator: ", ") + (classNames.count > 8 ? ", …" : "")
        return [
            ("network", "\(network), \(parameters) parameters, embeddings of \(embeddingSize) dimensions"),
            (
                "pictures",
                "\(pictures.height)×\(pictures.width) \(color), \(pictures.fit.rawValue)"
                    + (pictures.alignment == .landmarks ? ", aligned by five landmarks" : "")
                    + (pictures.equalization ? ", equalised" : "") + (addsMirrored ? ", mirror image added" : "")
            ),
            ("trained on", "\(classNames.count) \(self.classes == nil ? "identities" : "classes"): \(classes)"),
        ] + classification + provenance.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
