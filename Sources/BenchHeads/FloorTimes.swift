import Torch

/// The three products of matrices that no head can avoid, into memory that is there already.
final class FloorTimes {
    private let features: Tensor
    private let weights: Tensor
    private let scores: Tensor
    private let featureGradient: Tensor
    private let weightGradient: Tensor
    private let repetitions: Int
    private static let product = Operator("aten::mm.out")

    init(batch: Int, dimension: Int, classes: Int) throws {
        let generator = try Generator(seed: 2)
        // A million classes are a hundred thousand, ten times: far more than caches hold, and memory for the rest.
        let columns = min(classes, 100_000)
        repetitions = classes / columns
        features = try Tensor.normal([batch, dimension], generator: generator)
        weights = try Tensor.normal([columns, dimension], generator: generator)
        scores = try Tensor.ones([batch, columns])
        featureGradient = try Tensor.ones([batch, dimension])
        weightGradient = try Tensor.ones([columns, dimension])
    }

    /// As libtorch's `mm` multiplies.
    func measure(_ count: Int) throws -> Answer {
        try times(count) {
            try Self.product.perform(features, weights.transposed(), scores)
            try Self.product.perform(scores, weights, featureGradient)
            try Self.product.perform(scores.transposed(), features, weightGradient)
        }
    }

    /// By the fastest way that libtorch has on this processor, tile by tile, into memory that is used again.
    func measureFastest(_ count: Int) throws -> Answer {
        let size = min(2048, weights.size(0))
        let part = try Tensor.ones([features.size(0), size])
        return try times(count) {
            for start in stride(from: 0, to: weights.size(0) - size + 1, by: size) {
                let tile = try weights.sliced(start..<(start + size))
                _ = try features.product(tile.transposed())
                _ = try part.product(tile)
                _ = try part.transposed().product(features)
            }
        }
    }

    private func times(_ count: Int, _ products: () throws -> Void) throws -> Answer {
        let clock = ContinuousClock()
        let seconds = try (0..<count).map { _ in
            try clock.measure { for _ in 0..<repetitions { try products() } } / .seconds(1)
        }
        return Answer(seconds: seconds, loss: 0)
    }
}
