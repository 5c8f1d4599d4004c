/// How far a run has come: with the tensors of a checkpoint, all that is needed to go on.
public struct TrainingState: Codable, Sendable, Equatable {
    /// Steps done.
    public var step = 0
    /// Epochs done.
    public var epoch = 0
    /// Batches done of the epoch in progress.
    public var batch = 0
    /// The figure on development data of the model that is kept, lower is better, and the epoch (from 1) it
    /// belongs to.
    public var best: Best?
    /// The lowest figure so far, and how many measurements came after it.
    public var lowest: Double?
    public var measurementsSinceLowest = 0

    public struct Best: Codable, Sendable, Equatable {
        public let name: String
        public let value: Double
        public let epoch: Int
    }

    public init() {}

    /// The last two came later than the others: older checkpoints do not have them.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        step = try container.decode(Int.self, forKey: .step)
        epoch = try container.decode(Int.self, forKey: .epoch)
        batch = try container.decode(Int.self, forKey: .batch)
        best = try container.decodeIfPresent(Best.self, forKey: .best)
        lowest = try container.decodeIfPresent(Double.self, forKey: .lowest)
        measurementsSinceLowest = try container.decodeIfPresent(Int.self, forKey: .measurementsSinceLowest) ?? 0
    }
}
