import AngularMargin
import Datasets
import Models
import Networks
import TestSupport
import Testing
import Torch

@testable import Training

/// A linear network that keeps what reached it.
private struct Recorder: Backbone {
    final class Record: @unchecked Sendable {
        // Written and read by the test's own thread.
        var pictures: [[Float]] = []
    }

    let record = Record()
    let inputShape: [Int]
    var weight: Tensor

    init(_ shape: [Int]) throws {
        inputShape = shape
        weight = try Tensor.normal([shape.reduce(1, *), 4], generator: Generator(seed: 1))
    }

    var embeddingSize: Int { 4 }

    func callAsFunction(_ pictures: Tensor, mode: Mode) throws -> Tensor {
        for row in 0..<pictures.size(0) { record.pictures.append(try pictures[row].elements()) }
        return try pictures.flattened(from: 1).matmul(weight)
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.parameter("weight", &weight)
    }
}

@Suite struct FrontEndTests {
    private static let transforms = [
        PictureTransform(channels: 1, height: 12, width: 10),
        PictureTransform(channels: 3, height: 10, width: 14, fit: .crop, normalization: .picture, equalization: true),
    ]

    /// The same numbers reach the network in training and in use.
    @Test(arguments: transforms, [0, 2])
    func trainingAndEmbeddingFeedTheNetworkAlike(_ transform: PictureTransform, _ workers: Int) throws {
        let source = Toy.source(identities: 2, pictures: 3)
        let indices = [3, 0, 5, 1, 2, 4]
        let classes = Classes(labels: source.items.map(\.label))

        let training = try Recorder(transform.shape)
        try training.requireGradients()
        let head = try MarginHead(
            HeadPreset.named("cosface").head(), classCount: 2, featureCount: 4, generator: Generator(seed: 2))
        let loop = try TrainingLoop(
            plan: .init(epochs: 1, schedule: .init(base: 1e-9, shape: .constant, totalSteps: 3)),
            data: TrainingData(
                source: source, sampler: SequentialSampler(indices: indices, batchSize: 2), transform: transform,
                augmentation: Augmentation(), classes: classes, seed: 1, workers: workers),
            backbone: training, head: head, optimizer: SGD([ParameterGroup(training.parameters)]))
        _ = try loop.run()

        let use = try Recorder(transform.shape)
        let model = EmbeddingModel(
            transform: transform, description: try Toy.network(), backbone: use, addsMirrored: false,
            classNames: classes.names)
        _ = try model.embeddings(of: source, indices: indices, batchSize: 4)

        #expect(training.record.pictures.count == 6)
        #expect(training.record.pictures == use.record.pictures)
        #expect(Set(use.record.pictures).count == 6)
    }

    @Test func labelsAreTheClassesNumbers() throws {
        let source = Toy.source(identities: 3, pictures: 2)
        let data = TrainingData(
            source: source, sampler: SequentialSampler(indices: [5, 0], batchSize: 2),
            transform: Self.transforms[0], augmentation: Augmentation(),
            classes: Classes(labels: source.items.map(\.label)), seed: 1)
        #expect(try data.labels(of: [5, 0, 2]).elements(as: Int.self) == [2, 0, 1])
        #expect(data.places(of: [5]) == ["memory/picture5"])
    }

    @Test func augmentationVariesFromEpochToEpoch() throws {
        let source = Toy.source(identities: 2, pictures: 2)
        let data = TrainingData(
            source: source, sampler: SequentialSampler(indices: [0, 1], batchSize: 2),
            transform: PictureTransform(channels: 1, height: 16, width: 16),
            augmentation: Augmentation(shift: 0.2, brightness: 0.3),
            classes: Classes(labels: ["0", "1"]), seed: 1, workers: 1)
        func pictures(_ epoch: Int) throws -> [Image] {
            try data.start(data.batches(epoch: epoch), epoch: epoch, from: 0).next()?.samples ?? []
        }
        #expect(try pictures(0) == pictures(0))
        #expect(try pictures(0) != pictures(1))
    }

    @Test func aPictureThatCannotBeReadEndsTheEpochWithItsName() throws {
        let folder = try TemporaryFolder()
        try folder.write("a/1.png", Toy.picture(identity: 0, number: 0).pngData())
        try folder.write("a/2.png", Toy.picture(identity: 0, number: 1).pngData().dropLast(30))
        let source = try FolderSource(root: folder.path)
        let data = TrainingData(
            source: source, sampler: SequentialSampler(indices: [0, 1], batchSize: 2), transform: Self.transforms[0],
            augmentation: Augmentation(), classes: Classes(labels: ["a"]), seed: 1, workers: 1)
        let run = data.start(data.batches(epoch: 0), epoch: 0, from: 0)
        #expect(message { try run.next() }?.contains("a/2.png") == true)
    }
}
