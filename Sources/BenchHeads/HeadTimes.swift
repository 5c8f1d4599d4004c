import AngularMargin
import Foundation
import Torch

/// A head with classes drawn at random, forward and backward.
final class HeadTimes {
    /// Cosine of planted features to their own class's weights, as late in training.
    static let plantedCosine = 0.8
    /// What may be left out of their gradients.
    static let plantedNegligible = 1e-3

    private var head: Head
    private let features: Tensor
    private let weights: Tensor
    private let bias: Tensor?
    private let labels: Tensor
    private var before: Int?

    /// - Parameter isPlanted: whether features lie near their own classes, and what is negligible is left out.
    init(head name: String, batch: Int, dimension: Int, classes: Int, isPlanted: Bool) throws {
        var head = try HeadPreset.named(name).head([:])
        if isPlanted { head.negligible = Self.plantedNegligible }
        self.head = head
        let generator = try Generator(seed: 1)
        let drawn = try Tensor.normal([batch, dimension], generator: generator)
        // In place: memory that was freed before would not be counted as taken.
        let drawnWeights = try Tensor.normal([classes, dimension], generator: generator)
        try drawnWeights.multiply(by: 0.05)
        weights = try drawnWeights.requireGradient()
        labels = try Tensor((0..<batch).map { Int64($0 * 7919 % classes) })
        let planted = isPlanted ? try Self.near(drawn, weights.detached().rows(labels)) : drawn
        features = try planted.requireGradient()
        bias = try head.objective.bias.shape(classCount: classes).map {
            try Tensor.full($0, head.initialBias(classCount: classes)).requireGradient()
        }
    }

    /// c ŵ + √(1 − c²) n̂, of nearly the cosine c to w.
    private static func near(_ noise: Tensor, _ own: Tensor) throws -> Tensor {
        func directions(_ rows: Tensor) throws -> Tensor { try rows / rows.norm([1], keeping: true) }
        return try directions(own) * plantedCosine
            + directions(noise) * (1 - plantedCosine * plantedCosine).squareRoot()
    }

    func save(to file: URL) throws {
        let tensors: [(String, Tensor)] =
            [("features", try features.detached()), ("weights", try weights.detached()), ("labels", labels)]
            + (try bias.map { [("bias", try $0.detached())] } ?? [])
        try Safetensors.save(tensors, to: file)
    }

    func measure(_ count: Int) throws -> Answer {
        let before = try before ?? residentBytes("VmRSS")
        self.before = before
        let clock = ContinuousClock()
        var loss = 0.0
        let seconds = try (0..<count).map { _ in
            try clock.measure { loss = try once() } / .seconds(1)
        }
        return Answer(seconds: seconds, loss: loss, before: before, peak: try residentBytes("VmHWM"))
    }

    private func once() throws -> Double {
        for tensor in [features, weights, bias].compactMap(\.self) { try tensor.setGradient(nil) }
        let loss = try head.evaluate(features: features, weights: weights, bias: bias, labels: labels).loss
        try loss.backward()
        return try loss.item()
    }
}
