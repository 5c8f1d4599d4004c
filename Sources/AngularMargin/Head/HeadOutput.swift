import Torch

/// What a head makes of a batch.
public struct HeadOutput: Sendable {
    /// What is minimised: ``Head/lossWeight`` times the mean of ``losses``, each times its sample weight,
    /// and the penalties.
    public let loss: Tensor
    /// The objective of each sample, [B], times the weight of its class, without sample weights and penalties.
    public let losses: Tensor
    /// What the losses are made of, [B] each: two directions of a contrastive objective, one term of others.
    public let terms: [Term]
    /// What is added to the loss, by name.
    public let penalties: [Penalty]
    /// The logits with margin, scale and bias, [B, C], where the evaluation keeps them.
    public let logits: Tensor?
    /// The logits of the virtual class, [B], where there is one.
    public let virtualLogits: Tensor?
    /// The similarities without margin, scale and bias, [B, C], where the evaluation keeps them.
    public let similarities: Tensor?
    /// The classes that logits and similarities belong to, [S], where classes were sampled; `nil` for all.
    public let classes: Tensor?
    /// cos θ of each sample to its own class, [B]; not part of the graph.
    public let targetCosines: Tensor
    /// The most similar class of each sample without margin, [B], int64; with the biases, where every class
    /// has one. Among those compared, where classes were sampled.
    public let predictions: Tensor
    public let labels: Tensor
    /// What the head remembers: for the next batch, if this one counts, else as it was given.
    public let state: HeadState

    /// The mean angle to the own class, in radians.
    public func meanTargetAngle() throws -> Double {
        let cosines = try targetCosines.clamped(from: -1, to: 1)
        let sines = try ((1 - cosines) * (1 + cosines)).squareRoot()
        return try sines.arcTangent2(cosines).mean().item()
    }

    /// How many samples are most similar to their own class, without margin.
    public func correctCount() throws -> Int {
        Int(try (predictions .== labels).sum().item())
    }
}

/// A term of the loss that is not a sample's.
public struct Penalty: Sendable {
    public let name: String
    /// One number, without its weight.
    public let value: Tensor
    public let weight: Double
}
