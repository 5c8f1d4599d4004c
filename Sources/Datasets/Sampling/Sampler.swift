/// The order in which an epoch goes through samples: a function of the seed and the epoch alone, so
/// that a run can be resumed, or repeated with another number of workers.
public protocol Sampler: Sendable {
    /// Samples in a batch; the epoch's last batch may have fewer.
    var batchSize: Int { get }

    /// The samples' indices in order. Epochs are counted from 0.
    func order(epoch: Int) -> [Int]
}

extension Sampler {
    /// The order cut into batches.
    public func batches(epoch: Int) -> [[Int]] {
        let order = order(epoch: epoch)
        return stride(from: 0, to: order.count, by: batchSize).map { start in
            Array(order[start..<min(start + batchSize, order.count)])
        }
    }
}

/// Why samples cannot be drawn as asked.
public enum SamplerError: Error, Hashable, Sendable, CustomStringConvertible {
    case noSamples
    /// Fewer identities than one batch holds.
    case tooFewIdentities(needed: Int, present: Int)
    /// Fewer samples than one batch holds, where incomplete batches are dropped.
    case noWholeBatch(batchSize: Int, samples: Int)

    public var description: String {
        switch self {
        case .noSamples:
            "there are no samples to draw from"
        case .tooFewIdentities(let needed, let present):
            "a batch takes \(needed) identities and there are \(present); "
                + "lower the number of identities in a batch"
        case .noWholeBatch(let batchSize, let samples):
            "a batch takes \(batchSize) samples, there are \(samples), and incomplete batches are dropped; "
                + "lower the batch size"
        }
    }
}
