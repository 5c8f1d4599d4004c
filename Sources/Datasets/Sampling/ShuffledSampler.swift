/// Every sample once in each epoch, in an order drawn anew.
public struct ShuffledSampler: Sampler {
    public let indices: [Int]
    public let batchSize: Int
    /// Whether an incomplete last batch is left out; its samples change from epoch to epoch.
    public let dropsLast: Bool
    public let seed: UInt64

    /// - Throws: ``SamplerError`` where an epoch would have no batch.
    /// - Precondition: `batchSize` is positive.
    public init(indices: [Int], batchSize: Int, dropsLast: Bool = false, seed: UInt64) throws {
        precondition(batchSize > 0, "a batch holds at least one sample")
        guard !indices.isEmpty else { throw SamplerError.noSamples }
        guard !dropsLast || indices.count >= batchSize else {
            throw SamplerError.noWholeBatch(batchSize: batchSize, samples: indices.count)
        }
        self.indices = indices
        self.batchSize = batchSize
        self.dropsLast = dropsLast
        self.seed = seed
    }

    public func order(epoch: Int) -> [Int] {
        var order = indices
        var generator = SeededGenerator(seed: seed, stream: UInt64(epoch))
        generator.shuffle(&order)
        if dropsLast { order.removeLast(order.count % batchSize) }
        return order
    }
}
