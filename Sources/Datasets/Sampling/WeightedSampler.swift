import Foundation

/// Samples drawn independently, with replacement, each with a probability in proportion to its weight.
///
/// With `k` the smallest index whose running sum of weights exceeds `u · total`, for `u` uniform in
/// [0, 1): inversion of the distribution function.
public struct WeightedSampler: Sampler {
    public let indices: [Int]
    public let batchSize: Int
    /// Samples drawn in an epoch.
    public let epochLength: Int
    public let seed: UInt64
    /// Running sums of the weights.
    private let sums: [Double]

    /// - Parameters:
    ///   - weights: one for each of `indices`, in any unit; a sample of weight 0 is never drawn.
    ///   - epochLength: samples drawn in an epoch; as many as there are unless given.
    /// - Throws: ``SamplerError/noSamples`` where no weight is above 0.
    /// - Precondition: as many weights as indices, none negative or infinite; `batchSize` is positive and
    ///   `epochLength` not negative.
    public init(indices: [Int], weights: [Double], batchSize: Int, epochLength: Int? = nil, seed: UInt64) throws {
        precondition(weights.count == indices.count, "a sample has one weight")
        precondition(weights.allSatisfy { $0 >= 0 && $0.isFinite }, "a weight is a number from 0 on")
        precondition(batchSize > 0, "a batch holds at least one sample")
        precondition(epochLength ?? 0 >= 0, "an epoch has no negative length")
        // Without the weightless ones, rounding cannot draw them.
        let drawn = indices.indices.filter { weights[$0] > 0 }
        guard !drawn.isEmpty else { throw SamplerError.noSamples }
        self.indices = drawn.map { indices[$0] }
        self.batchSize = batchSize
        self.epochLength = epochLength ?? indices.count
        self.seed = seed
        var sum = 0.0
        sums = drawn.map { position in
            sum += weights[position]
            return sum
        }
    }

    /// Weights by class: each sample of a class of n samples and weight w weighs w · n^(−power).
    ///
    /// With power 0 the data's frequencies stay, with 1 classes are drawn in proportion to their weights
    /// alone, and ½ lies between.
    ///
    /// - Parameters:
    ///   - members: the indices of each class.
    ///   - classWeights: one for each class.
    /// - Precondition: as many weights as classes.
    public init(
        members: [[Int]], classWeights: [Double], inverseFrequencyPower power: Double, batchSize: Int,
        epochLength: Int? = nil, seed: UInt64
    ) throws {
        precondition(classWeights.count == members.count, "a class has one weight")
        let weights = zip(members, classWeights).flatMap { indices, weight in
            [Double](repeating: weight * pow(Double(indices.count), -power), count: indices.count)
        }
        try self.init(
            indices: members.flatMap { $0 }, weights: weights, batchSize: batchSize, epochLength: epochLength,
            seed: seed)
    }

    public func order(epoch: Int) -> [Int] {
        var generator = SeededGenerator(seed: seed, stream: UInt64(epoch))
        let total = sums[sums.count - 1]
        return (0..<epochLength).map { _ in indices[position(of: generator.uniform() * total)] }
    }

    /// The first sum above `value`; the last where rounding leaves none.
    private func position(of value: Double) -> Int {
        var (low, high) = (0, sums.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > value { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
