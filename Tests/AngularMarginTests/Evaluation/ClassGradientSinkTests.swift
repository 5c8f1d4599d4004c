import Testing
import Torch

@testable import AngularMargin

/// Gradients that are handed over row by row, beside those that arrive as a whole.
@Suite struct ClassGradientSinkTests {
    /// Gathers what it is given, and may spoil the rows at once, as an optimiser would.
    private final class Gatherer: ClassGradientSink {
        var read: [SelectedClasses] = []
        var rows: [Int] = []
        let gradient: Tensor
        private let spoiling: Tensor?

        init(like weights: Tensor, spoiling: Tensor? = nil) throws {
            gradient = try weights.detached().zerosLike()
            self.spoiling = spoiling
        }

        func willRead(_ rows: SelectedClasses) { read.append(rows) }

        func take(_ rows: SelectedClasses, gradient: Tensor) throws {
            #expect(gradient.shape == [rows.count, self.gradient.size(1)])
            self.rows += rows
            for (place, row) in rows.enumerated() {
                try self.gradient.sliced(row..<row + 1).copy(from: gradient.sliced(place..<place + 1))
                try spoiling?.detached().sliced(row..<row + 1).fill(9)
            }
        }
    }

    private static let presets: [(String, [String: HeadParameterValue])] = [
        ("softmax", [:]), ("weighted-softmax", ["classes": "3", "weight": 4, "mean": "weights"]),
        ("softmax", ["bias": "class"]), ("arcface", [:]), ("cosface", ["norm": "none"]),
        ("virtual-softmax", [:]), ("adaface", [:]), ("sphereface2", [:]), ("uniface", [:]),
    ]

    private func bias(_ head: Head, _ count: Int) throws -> Tensor? {
        try head.objective.bias.shape(classCount: count).map {
            try Tensor.full($0, head.initialBias(classCount: count)).requireGradient()
        }
    }

    /// To the bit, also where rows change as soon as their gradient is known.
    @Test(arguments: presets.indices)
    func theSameGradientsArrive(_ number: Int) throws {
        let count = 2 * ClassStream.tileSize + 700
        let head = try HeadPreset.named(Self.presets[number].0).head(
            Self.presets[number].1, for: HeadContext(classNames: (0..<count).map(String.init)))
        let problem = Problem.random(batch: 9, classes: count, dimension: 11, seed: 4)
        let (features, weights, labels) = try problem.tensors(.float32)
        let ownBias = try bias(head, count)
        let whole = try head.evaluate(
            features: features, weights: weights, bias: ownBias, labels: labels, path: .streaming)
        let inputs = [features, weights] + [ownBias].compactMap(\.self)
        let expected = try gradients(of: [whole.loss], withRespectTo: inputs)

        let (features2, weights2, _) = try problem.tensors(.float32)
        let bias2 = try bias(head, count)
        let sink = try Gatherer(like: weights, spoiling: weights2)
        let output = try head.evaluate(
            features: features2, weights: weights2, bias: bias2, labels: labels, classGradients: sink)
        #expect(sink.rows == Array(0..<count) && sink.read == [.range(0..<count)])
        try output.loss.backward()
        #expect(try output.losses.reals() == whole.losses.reals())
        #expect(try sink.gradient.reals() == expected[1].reals())
        #expect(try #require(features2.gradient).reals() == expected[0].reals())
        if let bias2 { #expect(try #require(bias2.gradient).reals() == expected[2].reals()) }
        #expect(weights2.gradient == nil)
    }

    @Test func withASampleOfTheClassesTheirOwnNumbersAreGiven() throws {
        var head = try HeadPreset.named("cosface").head([:])
        head.sampling = ClassSampling(rate: 0.25)
        head.statistics = [.random(seed: 5)]
        let problem = Problem.random(batch: 6, classes: 200, dimension: 8, seed: 1)
        let (features, weights, labels) = try problem.tensors(.float32)
        let whole = try head.evaluate(features: features, weights: weights, labels: labels, path: .streaming)
        let expected = try gradients(of: [whole.loss], withRespectTo: [weights])[0]
        let sink = try Gatherer(like: weights)
        let output = try head.evaluate(features: features, weights: weights, labels: labels, classGradients: sink)
        let sampled = try #require(output.classes).elements(as: Int64.self).map { Int($0) }
        #expect(sink.rows == sampled && sampled.count == 50 && sink.read == [.list(sampled)])
        #expect(try sink.gradient.reals() == expected.reals())
    }

    /// Nothing is handed over where nothing is recorded.
    @Test func aLossThatIsOnlyLookedAtChangesNothing() throws {
        let head = try HeadPreset.named("arcface").head([:])
        let (features, weights, labels) = try Problem.random(batch: 4, classes: 30, dimension: 5, seed: 1)
            .tensors(.float32)
        let sink = try Gatherer(like: weights)
        _ = try withoutGradients {
            try head.evaluate(features: features, weights: weights, labels: labels, classGradients: sink)
        }
        #expect(sink.rows.isEmpty)
    }

    /// A loss that is no number is found before the first row is handed over.
    @Test(arguments: ["cosface", "sphereface2", "softmax"])
    func aLossThatIsNoNumberIsFoundFirst(_ preset: String) throws {
        let head = try HeadPreset.named(preset).head([:])
        let count = ClassStream.tileSize + 100
        let problem = Problem.random(batch: 4, classes: count, dimension: 5, seed: 1)
        for spoilt in [Double.nan, .infinity, 1e30] {
            let (features, weights, labels) = try problem.tensors(.float32)
            let ownBias = try bias(head, count)
            try weights.detached().sliced(count - 3..<count - 2).fill(spoilt)
            let sink = try Gatherer(like: weights)
            #expect(throws: HeadError.self) {
                try head.evaluate(
                    features: features, weights: weights, bias: ownBias, labels: labels, classGradients: sink)
            }
            #expect(sink.rows.isEmpty)
        }
        guard let ownBias = try bias(head, count) else { return }
        let (features, weights, labels) = try problem.tensors(.float32)
        try ownBias.detached().fill(.nan)
        let sink = try Gatherer(like: weights)
        #expect(throws: HeadError.lossNotFinite) {
            try head.evaluate(
                features: features, weights: weights, bias: ownBias, labels: labels, classGradients: sink)
        }
        #expect(sink.rows.isEmpty)
    }

    @Test func oneCannotGoBackTwiceOrFromAnotherLoss() throws {
        let head = try HeadPreset.named("arcface").head([:])
        let (features, weights, labels) = try Problem.random(batch: 4, classes: 30, dimension: 5, seed: 1)
            .tensors(.float32)
        let sink = try Gatherer(like: weights)
        let output = try head.evaluate(features: features, weights: weights, labels: labels, classGradients: sink)
        #expect(throws: TorchError.self) { try (output.loss * 2).backward() }
        #expect(sink.rows.count == 30)
    }

    @Test func headsThatAskForMoreAreRefused() throws {
        let (features, weights, labels) = try Problem.random(batch: 4, classes: 30, dimension: 5, seed: 1)
            .tensors(.float32)
        var regularized = try HeadPreset.named("arcface").head([:])
        regularized.regularizer = WeightedRegularizer(.exclusive, weight: 1)
        for head in [regularized, try HeadPreset.named("curricularface").head([:])] {
            #expect(!head.canHandOverClassGradients)
            let sink = try Gatherer(like: weights)
            #expect(throws: HeadError.notStreamed) {
                try head.evaluate(features: features, weights: weights, labels: labels, classGradients: sink)
            }
            #expect(sink.rows.isEmpty)
        }
    }
}
