/// Every sample once, in the given order, in every epoch: for measuring.
public struct SequentialSampler: Sampler {
    public let indices: [Int]
    public let batchSize: Int

    /// - Precondition: `batchSize` is positive.
    public init(indices: [Int], batchSize: Int) {
        precondition(batchSize > 0, "a batch holds at least one sample")
        self.indices = indices
        self.batchSize = batchSize
    }

    public func order(epoch: Int) -> [Int] { indices }
}
