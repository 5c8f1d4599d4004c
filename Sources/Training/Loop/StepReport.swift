/// What one training step did; averages are over the batch.
public struct StepReport: Sendable, Codable {
    /// Steps done since the run began, this one included.
    public let step: Int
    /// The epoch it belongs to, counted from 1.
    public let epoch: Int
    /// The head's loss with its penalties.
    public let loss: Double
    /// The mean angle between an embedding and its own class, in radians; `nil` where the head has none.
    public let targetAngle: Double?
    /// The share of samples nearest to their own class, without margin.
    public let accuracy: Double
    public let learningRate: Double
    /// The norm of all gradients before clipping.
    public let gradientNorm: Double
    /// The factor of the head's margin, from 0 to 1.
    public let marginFactor: Double
    public let sampleCount: Int
    /// Since the run (or its resumption) began.
    public let seconds: Double
}
