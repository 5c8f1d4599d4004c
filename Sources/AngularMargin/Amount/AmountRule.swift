import Torch

/// How large a margin is for each sample of a batch, from what is known before any other class is looked at.
///
/// MagFace reads it off the feature's norm, AdaFace off the norm's place among others, ElasticFace draws it. A rule
/// never sees the similarities to other classes, so that an evaluation may ask it once and then go through the
/// classes in pieces.
public protocol AmountRule: Sendable {
    /// One number per sample, [B, 1], or one for all, [].
    func values(of batch: MarginBatch) throws -> Tensor

    /// Amounts that show what the rule does, with names, for pictures; the first one also stands for the rule where
    /// a single number is wanted.
    var examples: [(name: String, value: Double)] { get }
}

/// What a rule may look at.
public struct MarginBatch {
    /// ‖x‖, [B, 1]; part of the graph.
    public let norms: Tensor
    /// cos θ to the own class, [B, 1]; not part of the graph.
    public let targetCosines: Tensor
    public let state: HeadState
}
