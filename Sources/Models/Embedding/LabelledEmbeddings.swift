import Torch

/// Unit embeddings and whose they are.
public struct LabelledEmbeddings: Sendable {
    /// [N, d], rows of length 1.
    public let embeddings: Tensor
    /// One label per row.
    public let labels: [String]

    /// - Precondition: one label per row.
    public init(_ embeddings: Tensor, labels: [String]) {
        precondition(embeddings.size(0) == labels.count, "one label per row")
        self.embeddings = embeddings
        self.labels = labels
    }

    public var count: Int { labels.count }
}
