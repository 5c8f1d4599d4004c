import AngularMargin
import Datasets
import Foundation
import Models
import Networks
import TestSupport
import Torch

@testable import Training

/// A run on toy pictures that takes a fraction of a second.
struct ToyRun: Sendable {
    var identities = 4
    var pictures = 8
    var epochs = 3
    var batch = 8
    var embedding = 8
    var hasBatchNormalization = true
    /// Of CAMRI's network; `nil` for the toy network.
    var dropout: Double?
    var workers = 0
    var seed: UInt64 = 1
    var learningRate = 0.05
    var optimizer = OptimizerDescription.sgd(momentum: 0.9, nesterov: false)
    var augmentation = Augmentation(flip: 0.5, shift: 0.1, brightness: 0.2)
    var mixup = 0.0
    var margin = MarginSchedule.none
    var gradientNormLimit: Double?
    var keep = TrainingLoop.Plan.Keep.best
    var checkpointInterval = TrainingLoop.Plan.CheckpointInterval.standard
    /// Whatever else the plan says.
    var change: @Sendable (inout TrainingLoop.Plan) -> Void = { _ in }
    var head = "cosface"
    var headValues: [String: HeadParameterValue] = ["s": 16, "m": 0.1]

    var stepsPerEpoch: Int { identities * pictures / batch }

    /// The loop and its optimiser.
    func make(
        checkpoints: CheckpointStore? = nil, observer: @escaping (TrainingEvent) throws -> Void = { _ in }
    ) throws -> (loop: TrainingLoop, optimizer: any Optimizer) {
        let source = Toy.source(identities: identities, pictures: pictures)
        let data = TrainingData(
            source: source,
            sampler: try ShuffledSampler(indices: Array(source.items.indices), batchSize: batch, seed: seed),
            transform: PictureTransform(channels: 1, height: Toy.size, width: Toy.size), augmentation: augmentation,
            classes: Classes(labels: source.items.map(\.label)), mixup: mixup, seed: seed, workers: workers)
        let generator = try Generator(seed: seed)
        var description = try Toy.network(embedding: embedding)
        description.settings.sfnet?.batchNormalization = hasBatchNormalization
        if let dropout {
            description = try NetworkDescription("camri-net")
            description.settings.camriNet = CAMRINet.Configuration(
                input: [1, Toy.size, Toy.size], embedding: embedding, width: 2, dropout: dropout)
        }
        let backbone = try description.backbone(generator: generator)
        try backbone.requireGradients()
        let head = try MarginHead(
            HeadPreset.named(head).head(headValues), classCount: identities, featureCount: embedding,
            generator: generator)
        let optimizer = optimizer.optimizer([
            ParameterGroup(backbone.parameters, weightDecay: 1e-3),
            ParameterGroup(
                head.parameters.map { NamedTensor(name: "head.\($0.name)", role: $0.role, tensor: $0.tensor) }),
        ])
        var plan = TrainingLoop.Plan(
            epochs: epochs,
            schedule: LearningRateSchedule(
                base: learningRate, shape: .cosine(final: 0), warmUpSteps: 2, totalSteps: epochs * stepsPerEpoch),
            margin: margin, gradientNormLimit: gradientNormLimit, keep: keep)
        plan.checkpointInterval = checkpointInterval
        change(&plan)
        let loop = try TrainingLoop(
            plan: plan, data: data, backbone: backbone, head: head, optimizer: optimizer, checkpoints: checkpoints,
            observer: observer)
        return (loop, optimizer)
    }

    /// Every number that the run ends with.
    func weights(after loop: TrainingLoop) throws -> [[Double]] {
        try (loop.backbone.tensors + loop.head.tensors + (loop.average?.backbone.tensors ?? [])).map {
            try $0.tensor.reals()
        }
    }

    /// The numbers after a run without interruption.
    func finalWeights() throws -> [[Double]] {
        let loop = try make().loop
        _ = try loop.run()
        return try weights(after: loop)
    }

    /// The reports of all steps of a run.
    func reports() throws -> [StepReport] {
        var reports: [StepReport] = []
        let loop = try make { event in
            if case .stepped(let report, _) = event { reports.append(report) }
        }.loop
        _ = try loop.run()
        return reports
    }
}
