import AngularMargin
import Foundation
import Torch

/// A head with classes drawn at random, forward and backward.
final class HeadTimes {
    private let head: Head
    private let features: Tensor
    private let weights: Tensor
    private let bias: Tensor?
    private let labels: Tensor
    private var before: Int?

    init(head name: String, batch: Int, dimension: Int, classes: Int) throws {
        let head = try HeadPreset.named(name).head([:])
        self.head = head
        let generator = try Generator(seed: 1)
        features = try Tensor.normal([batch, dimension], generator: generator).requireGradient()
        weights = try (Tensor.normal([classes, dimension], generator: generator) * 0.05).requireGradient()
        labels = try Tensor((0..<batch).map { Int64($0 * 7919 % classes) })
        bias = try head.objective.bias.shape(classCount: classes).map {
            try Tensor.full($0, head.initialBias(classCount: classes)).requireGradient()
        }
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
