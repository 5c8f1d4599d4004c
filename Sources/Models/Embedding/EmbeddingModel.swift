import Datasets
import Networks
import Torch
import Verification

/// A trained network with everything that using it takes: the transform from pictures, the thresholds,
/// and where it came from.
///
/// ```swift
/// let model = try EmbeddingModel(folder: "runs/faces/model")
/// let embeddings = try model.embeddings(of: source, indices: [0, 1])
/// let scores = try Scoring.matrix(embeddings, embeddings)
/// let threshold = model.threshold(falseAcceptRate: 1e-2)
/// ```
public struct EmbeddingModel: Sendable {
    public let transform: PictureTransform
    public let description: NetworkDescription
    public var backbone: any Backbone
    /// Whether an embedding is the sum over a picture and its mirror image (the usual protocol for faces).
    public let addsMirrored: Bool
    /// The classes of training, in the order of the head's rows.
    public let classNames: [String]
    /// What tells those classes apart; `nil` for a model that compares pictures with each other alone.
    public var classifier: Classifier?
    /// Thresholds chosen on development data, by rising false accept rate.
    public var thresholds: [DecisionThreshold]
    /// How the model came about: recipe, data, versions, figures on development data.
    public var provenance: [String: String]

    public init(
        transform: PictureTransform, description: NetworkDescription, backbone: any Backbone, addsMirrored: Bool,
        classNames: [String], classifier: Classifier? = nil, thresholds: [DecisionThreshold] = [],
        provenance: [String: String] = [:]
    ) {
        self.transform = transform
        self.description = description
        self.backbone = backbone
        self.addsMirrored = addsMirrored
        self.classNames = classNames
        self.classifier = classifier
        self.thresholds = thresholds
        self.provenance = provenance
    }

    /// Moves what is computed with, network and classes.
    public mutating func move(to device: Device) throws {
        try backbone.move(to: device)
        try classifier?.move(to: device)
    }

    /// The number of dimensions of an embedding.
    public var embeddingSize: Int { backbone.embeddingSize }

    /// The stored threshold whose false accept rate is nearest to the one asked for, by ratio; that of
    /// the lowest rate that the development data supported when none is asked for.
    public func threshold(falseAcceptRate: Double? = nil) -> DecisionThreshold? {
        guard let falseAcceptRate else { return thresholds.first(where: \.isSupported) ?? thresholds.last }
        func distance(_ threshold: DecisionThreshold) -> Double {
            let ratio = threshold.falseAcceptRateAsked / falseAcceptRate
            return max(ratio, 1 / ratio)
        }
        return thresholds.min { distance($0) < distance($1) }
    }
}
