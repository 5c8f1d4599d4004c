import Datasets
import Models
import Torch
import Verification

/// Two pictures compared by a model.
public struct PairVerification: Encodable, Sendable {
    public let model: String
    public let first: String
    public let second: String
    /// The cosine of the embeddings, higher is more alike.
    public let score: Double
    /// Whether the score reaches the threshold; `nil` when the model has none.
    public let isSame: Bool?
    /// The threshold applied, with the rate at which it was chosen and on what.
    public let threshold: DecisionThreshold?

    /// - Parameter falseAcceptRate: takes the stored threshold nearest to it; else the model's own choice.
    public init(model path: String, first: String, second: String, falseAcceptRate: Double? = nil) throws {
        let model = try EmbeddingModel(folder: TrainedRun.modelPath(path))
        let pictures = try [first, second].map { try model.transform.framedImage(file: $0) }
        let embeddings = try model.embeddings(ofFramed: pictures)
        self.model = path
        self.first = first
        self.second = second
        score = try (embeddings[0] * embeddings[1]).sum().item()
        threshold = model.threshold(falseAcceptRate: falseAcceptRate)
        isSame = threshold?.accepts(score)
    }
}

extension PictureTransform {
    /// A picture file, decoded and framed.
    ///
    /// - Throws: ``/Datasets/DataError`` that names the file.
    func framedImage(file: String) throws -> Image {
        let source = FileSource(paths: [file])
        return try framedImage(of: source.items[0], in: source)
    }
}
