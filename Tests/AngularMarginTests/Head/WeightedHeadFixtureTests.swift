import AngularMargin
import Testing
import Torch

/// Heads that weigh classes against PyTorch, its `cross_entropy(weight:)` among them (scripts/fixtures/weighted_heads.py).
@Suite struct WeightedHeadFixtureTests {
    private struct Fixture: Decodable {
        let features: [[Double]]
        let weights: [[Double]]
        let bias: [Double]
        let labels: [Int]
        let classWeights: [Double]
        let critical: [Int]
        let missWeight: Double
        let falsePositiveWeight: Double
        let cases: [String: Expected]

        struct Expected: Decodable {
            let loss: Double
            let gradients: [Double]
        }
    }

    private func compare(_ head: Head, _ name: String, _ fixture: Fixture, _ path: EvaluationPath) throws {
        let expected = try #require(fixture.cases[name])
        let type: ScalarType = path == .streaming ? .float32 : .float64
        let tolerance = path == .streaming ? 1e-5 : 1e-11
        let inputs = try [
            Problem.tensor(fixture.features), Problem.tensor(fixture.weights), Tensor(fixture.bias),
        ].map { try $0.to(type).detached().requireGradient() }
        let output = try head.evaluate(
            features: inputs[0], weights: inputs[1], bias: inputs[2], labels: Tensor(fixture.labels), path: path)
        #expect(try abs(output.loss.item() - expected.loss) <= tolerance * expected.loss, "\(name)")
        let found = try gradients(of: [output.loss], withRespectTo: inputs).flatMap { try $0.reals() }
        #expect(distance(found, expected.gradients) <= tolerance * length(expected.gradients), "\(name)")
    }

    @Test(arguments: ClassWeights.Mean.allCases) func weightedSoftmax(_ mean: ClassWeights.Mean) throws {
        let fixture: Fixture = try AngularMarginTests.fixture("weighted_heads")
        let head = try HeadPreset.named("weighted-softmax").head(
            ["bias": "class", "mean": .word(mean.rawValue)],
            for: HeadContext(classWeights: Tensor(fixture.classWeights)))
        try compare(head, mean.rawValue, fixture, .reference)
        try compare(head, mean.rawValue, fixture, .streaming)
    }

    @Test func realWorldWeight() throws {
        let fixture: Fixture = try AngularMarginTests.fixture("weighted_heads")
        let head = try HeadPreset.named("real-world-weight").head(
            [
                "bias": "class", "classes": .words(fixture.critical.map(String.init)),
                "miss_weight": .number(fixture.missWeight),
                "false_positive_weight": .number(fixture.falsePositiveWeight),
            ], for: HeadContext(classNames: fixture.weights.indices.map(String.init)))
        try compare(head, "real-world-weight", fixture, .reference)
    }
}
