import AngularMargin
import Foundation
import Networks
import Torch
import Training

/// A network, a head of a thousand classes and batches of noise or of pictures, trained as the training loop
/// does it: CosFace (s = 64, m = 0.35), SGD with momentum 0.9, weight decay 5e-4 and rate 0.001.
struct Contestant {
    private let backbone: any Backbone
    private let head: MarginHead
    private let optimizer: SGD
    private var batches: any Batches
    private var steps: UInt64 = 0
    private let start: [(name: String, tensor: Tensor)]

    struct Answer: Encodable {
        let seconds: [Double]
        let loss: Double
    }

    /// - Parameters:
    ///   - network: its name; with `/8` behind it, of that width.
    ///   - folder: pictures to be decoded for each step; `nil` for noise.
    init(network: String, activation: Activation.Kind, batch: Int, folder: String?, classes: Int = 1000) throws {
        let parts = network.split(separator: "/").map(String.init)
        var description = try NetworkDescription(parts[0])
        if parts.count > 1, let width = Int(parts[1]) { description.settings.camriNet?.width = width }
        if case .sfnet(var configuration) = description.settings {
            configuration.activation = activation
            configuration.input[0] = 3
            description.settings = .sfnet(configuration)
        }
        let generator = try Generator(seed: 1)
        var backbone = try description.backbone(generator: generator)
        head = try MarginHead(
            Head(scale: .constant(64), target: AdditiveCosineMargin(.constant(0.35))), classCount: classes,
            featureCount: backbone.embeddingSize, generator: generator)
        let noise = try NoiseBatch(count: batch, shape: backbone.inputShape, classes: classes, generator: generator)
        batches = try folder.map { try FileBatches(folder: $0, count: batch, shape: backbone.inputShape) } ?? noise
        start =
            try backbone.tensors.map { ("network.\($0.name)", try $0.tensor.detached().cloned()) }
            + [
                ("weights", try head.weight.detached().cloned()), ("pictures", noise.pictures),
                ("labels", noise.labels),
            ]
        try backbone.requireGradients()
        try backbone.arrange(.channelsLast)
        optimizer = SGD([
            ParameterGroup(backbone.parameters, weightDecay: 5e-4), ParameterGroup(head.parameters, weightDecay: 5e-4),
        ])
        self.backbone = backbone
    }

    func save(to file: URL) throws {
        try Safetensors.save(start, to: file)
    }

    mutating func train(steps: Int) throws -> Answer {
        let clock = ContinuousClock()
        var loss = 0.0
        let seconds = try (0..<steps).map { _ in
            try clock.measure { loss = try step() } / .seconds(1)
        }
        return Answer(seconds: seconds, loss: loss)
    }

    private mutating func step() throws -> Double {
        steps += 1
        let (pictures, labels) = try batches.next()
        try optimizer.clearGradients()
        let features = try backbone(pictures.contiguous(.channelsLast), mode: .training(seed: steps))
        let output = try head(features, labels: labels)
        let loss = try output.loss.item()
        try output.loss.backward()
        try optimizer.step(learningRate: 0.001)
        return loss
    }
}
