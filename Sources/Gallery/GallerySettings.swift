import Foundation

/// How several samples of one identity are searched. Chosen when a gallery is made.
public enum Pooling: String, Sendable, Codable, CaseIterable {
    /// The mean of the samples' directions, divided by its length: one direction for each identity.
    case mean
    /// Every sample by itself; an identity scores as its best sample does.
    case apart

    /// In words, for people.
    public var sentence: String {
        switch self {
        case .mean: "the samples of an identity are pooled: the mean of their directions, of length 1"
        case .apart: "the samples of an identity are kept apart: it scores as its best sample does"
        }
    }
}

/// What a gallery was made for; fixed when it is made.
public struct GallerySettings: Hashable, Sendable, Codable {
    /// The fingerprint of the model whose embeddings it holds. Those of another model mean nothing here.
    public let fingerprint: String
    /// Where that model lay, for messages and as a default.
    public let model: String
    /// The number of dimensions.
    public let dimensions: Int
    public let pooling: Pooling
    /// The false positive identification rate that was asked for; none to take what the strangers support.
    public let falsePositiveRate: Double?
    /// Whether a rate that so few strangers cannot support was allowed.
    public let allowsUnsupportedRate: Bool

    public init(
        fingerprint: String, model: String, dimensions: Int, pooling: Pooling, falsePositiveRate: Double? = nil,
        allowsUnsupportedRate: Bool = false
    ) {
        precondition(dimensions > 0, "embeddings have at least one dimension")
        self.fingerprint = fingerprint
        self.model = model
        self.dimensions = dimensions
        self.pooling = pooling
        self.falsePositiveRate = falsePositiveRate
        self.allowsUnsupportedRate = allowsUnsupportedRate
    }
}
