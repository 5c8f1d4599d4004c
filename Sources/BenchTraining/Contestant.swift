import AngularMargin
import Foundation
import Networks
import Torch
import Training

/// A network, a head of a thousand classes and one batch of noise, trained over and over as the training
/// loop does it: CosFace (s = 64, m = 0.35), SGD with momentum 0.9, weight decay 5e-4 and rate 0.001.
struct Contestant {
    private let backbone: any Backbone
    private let head: MarginHead
    private let optimizer: SGD
    private let pictures: Tensor
    private let labels: Tensor
    private let start: [(name: String, tensor: Tensor)]

    struct Answer: Encodable {
        let seconds: [Double]
        let loss: Double
    }

    init(network: String, activation: Activation.Kind, batch: Int, classes: Int = 1000) throws {
        var description = try NetworkDescription(network)
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
        pictures = try Tensor.normal([batch] + backbone.inputShape, generator: generator)
        labels = try Tensor((0..<batch).map { Int64($0 * 37 % classes) })
        start =
            try backbone.tensors.map { ("network.\($0.name)", try $0.tensor.detached().cloned()) }
            + [("weights", try head.weight.detached().cloned()), ("pictures", pictures), ("labels", labels)]
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

    func train(steps: Int) throws -> Answer {
        let clock = ContinuousClock()
        var loss = 0.0
        let seconds = try (0..<steps).map { _ in
            try clock.measure { loss = try step() } / .seconds(1)
        }
        return Answer(seconds: seconds, loss: loss)
    }

    private func step() throws -> Double {
        try optimizer.clearGradients()
        let features = try backbone(pictures.contiguous(.channelsLast), mode: .training)
        let output = try head(features, labels: labels)
        let loss = try output.loss.item()
        try output.loss.backward()
        try optimizer.step(learningRate: 0.001)
        return loss
    }
}
