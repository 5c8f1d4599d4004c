import Torch

/// The three products of matrices that no head can avoid, into memory that is there already.
final class FloorTimes {
    private let features: Tensor
    private let weights: Tensor
    private let scores: Tensor
    private let featureGradient: Tensor
    private let weightGradient: Tensor
    private static let product = Operator("aten::mm.out")

    init(batch: Int, dimension: Int, classes: Int) throws {
        let generator = try Generator(seed: 2)
        features = try Tensor.normal([batch, dimension], generator: generator)
        weights = try Tensor.ones([classes, dimension])
        // At a million classes this is a gigabyte, so it is the first part only, used over and over.
        let columns = min(classes, 100_000)
        scores = try Tensor.ones([batch, columns])
        featureGradient = try Tensor.ones([batch, dimension])
        weightGradient = try Tensor.ones([classes, dimension])
    }

    func measure(_ count: Int) throws -> Answer {
        let clock = ContinuousClock()
        let width = scores.size(1)
        let seconds = try (0..<count).map { _ in
            try clock.measure {
                for start in stride(from: 0, to: weights.size(0), by: width) {
                    let part = try weights.sliced(start..<(start + width))
                    try Self.product.perform(features, part.transposed(), scores)
                    try Self.product.perform(scores, part, featureGradient)
                    try Self.product.perform(
                        scores.transposed(), features, weightGradient.sliced(start..<(start + width)))
                }
            } / .seconds(1)
        }
        return Answer(seconds: seconds, loss: 0)
    }
}
