/// How far a run has come: with the tensors of a checkpoint, all that is needed to go on.
public struct TrainingState: Codable, Sendable, Equatable {
    /// Steps done.
    public var step = 0
    /// Epochs done.
    public var epoch = 0
    /// Batches done of the epoch in progress.
    public var batch = 0
    /// The best figure on development data so far, lower is better, and the epoch (from 1) it belongs to.
    public var best: Best?

    public struct Best: Codable, Sendable, Equatable {
        public let name: String
        public let value: Double
        public let epoch: Int
    }

    public init() {}
}
