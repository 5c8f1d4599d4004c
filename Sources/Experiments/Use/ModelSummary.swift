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
        thresholds = model.thresholds
        provenance = model.provenance
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
            ("trained on", "\(classNames.count) identities: \(classes)"),
        ] + provenance.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
