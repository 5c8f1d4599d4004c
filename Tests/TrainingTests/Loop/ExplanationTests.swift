import AngularMargin
import Datasets
import Models
import Networks
import TestSupport
import Testing
import Torch

@testable import Training

/// x·a + what a bent function makes of x·b.
private struct Bent: Backbone {
    var straight: Tensor
    var bent: Tensor
    let function: @Sendable (Tensor) throws -> Tensor

    init(_ function: @escaping @Sendable (Tensor) throws -> Tensor) throws {
        straight = try Tensor.normal([Toy.size * Toy.size, 8], generator: Generator(seed: 1))
        bent = try Tensor.normal([Toy.size * Toy.size, 8], generator: Generator(seed: 2))
        self.function = function
        try requireGradients()
    }

    var inputShape: [Int] { [1, Toy.size, Toy.size] }
    var embeddingSize: Int { 8 }

    func callAsFunction(_ pictures: Tensor, mode: Mode) throws -> Tensor {
        let x = try pictures.flattened(from: 1)
        return try x.matmul(straight) + function(x.matmul(bent))
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.parameter("straight.weight", &straight)
        try visitor.parameter("bent.weight", &bent)
    }
}

@Suite struct ExplanationTests {
    private func loop(_ backbone: some Backbone, detectsAnomalies: Bool = false) throws -> TrainingLoop {
        let source = Toy.source(identities: 2, pictures: 4)
        let head = try MarginHead(
            HeadPreset.named("cosface").head(["s": 16, "m": 0.1]), classCount: 2, featureCount: backbone.embeddingSize,
            generator: Generator(seed: 3))
        var plan = TrainingLoop.Plan(
            epochs: 1, schedule: LearningRateSchedule(base: 0.01, shape: .constant, totalSteps: 2))
        plan.detectsAnomalies = detectsAnomalies
        return try TrainingLoop(
            plan: plan,
            data: TrainingData(
                source: source, sampler: SequentialSampler(indices: Array(0..<8), batchSize: 4),
                transform: PictureTransform(channels: 1, height: Toy.size, width: Toy.size),
                augmentation: Augmentation(), classes: Classes(labels: source.items.map(\.label)), seed: 1, workers: 0),
            backbone: backbone, head: head,
            optimizer: SGD([ParameterGroup(backbone.parameters), ParameterGroup(head.parameters)]))
    }

    @Test(arguments: ["layer1.0.conv1", "layer3.0.conv1", "fc"])
    func theLayerThatOverflowsIsNamed(_ layer: String) throws {
        let network = try Toy.network().backbone(generator: Generator(seed: 1))
        try network.requireGradients()
        for named in network.parameters where named.name == "\(layer).weight" {
            try withoutGradients { try named.tensor.fill(3e38) }
        }
        let before = try network.buffers.map { try $0.tensor.reals() }
        let error = try #require(throws: NonFiniteLossError.self) { try loop(network).run() }
        #expect(error.step == 1 && error.place == "the result of the network's \(layer)", "\(error)")
        #expect(error.operation == (layer == "fc" ? "aten::linear" : "aten::conv2d"))
        #expect(error.largestWeight.name == "the network's \(layer).weight" && error.largestWeight.magnitude > 2e38)
        #expect(error.files == (0..<4).map { "memory/picture\($0)" } && error.history.isEmpty)
        // Looking again counts no batch: only the step itself did.
        let counts = network.buffers.filter { $0.name.hasSuffix("num_batches_tracked") }
        #expect(
            try counts.allSatisfy { try $0.tensor.item() == 1 }
                && before != network.buffers.map { try $0.tensor.reals() })
    }

    @Test func anOperatorBetweenLayersIsNamedAfterTheOneBefore() throws {
        let error = try #require(throws: NonFiniteLossError.self) {
            try loop(Bent { try ($0 * 0).logarithm() }).run()
        }
        #expect(error.place == "what follows the network's bent" && error.operation == "aten::log")
        #expect(error.description.contains("what follows the network's bent (aten::log)"))
    }

    /// √0 is finite and its slope is not: the multiplication before it makes 0 · ∞ of that, which is no number.
    @Test func gradientsOfAFiniteLossAreExplainedBeforeTheyAreApplied() throws {
        let network = try Bent { try ($0 * 0).squareRoot() }
        let before = try network.straight.reals()
        let error = try #require(throws: NonFiniteLossError.self) { try loop(network).run() }
        // Where another test's anomaly detection, which concerns the whole process, comes first, it names no tensor.
        #expect(["the gradient of the network's bent.weight", "the gradient"].contains(error.place))
        #expect(error.operation == "MulBackward1")
        #expect(error.loss.isFinite && error.files.count == 4)
        #expect(try network.straight.reals() == before)
    }

    @Test func anomalyDetectionFindsTheSame() throws {
        let error = try #require(throws: NonFiniteLossError.self) {
            try loop(Bent { try ($0 * 0).squareRoot() }, detectsAnomalies: true).run()
        }
        #expect(error.operation == "MulBackward1")
    }

    /// 1 / e^∞ is 0: the loss never hears of it.
    @Test func anomalyDetectionFindsWhatTheLossDoesNotShow() throws {
        let hidden: @Sendable (Tensor) throws -> Tensor = { x in
            try withoutGradients { try 1 / (x * 0 + 1000).exponential() }
        }
        #expect(try loop(Bent(hidden)).run())
        let error = try #require(throws: NonFiniteLossError.self) {
            try loop(Bent(hidden), detectsAnomalies: true).run()
        }
        #expect(error.place == "what follows the network's bent" && error.operation == "aten::exp")
    }

    @Test func anomalyDetectionChangesNoNumber() throws {
        var run = ToyRun(epochs: 1)
        let expected = try run.finalWeights()
        run.change = { $0.detectsAnomalies = true }
        #expect(try run.finalWeights() == expected)
    }

    @Test func theLastGoodStepsAreTold() throws {
        struct Enough: Error {}
        var run = ToyRun(epochs: 3)
        var reports: [StepReport] = []
        run.gradientNormLimit = 1e9
        let loop = try run.make { if case .stepped(let report, _) = $0 { reports.append(report) } }.loop
        _ = try loop.run()
        let error = try loop.failure(.nan, "a place", nil, [])
        #expect(error.history.map(\.step) == [8, 9, 10, 11, 12])
        #expect(error.history.map(\.loss) == reports.suffix(5).map(\.loss))
        #expect(error.history.map(\.gradientNorm) == reports.suffix(5).map(\.gradientNorm))
        let weights = try (loop.backbone.parameters + loop.head.parameters).flatMap { try $0.tensor.reals() }
        let norm = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs((error.history.last?.weightNorm ?? 0) - norm) < 1e-4 * norm)
        #expect(error.largestWeight.magnitude == weights.map(\.magnitude).max())
        #expect(error.history.allSatisfy { $0.featureNorm > 0.01 && $0.featureNorm < 100 })
        #expect(error.description.contains("step 12: loss "))
    }
}
