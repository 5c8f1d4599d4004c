import AngularMargin
import Foundation
import Testing
import Torch

/// Every preset against PyTorch's autograd in Float64 (scripts/fixtures/heads.py).
@Suite struct HeadFixtureTests {
    private struct Fixtures: Decodable {
        let problems: [String: FixtureProblem]
        let cases: [Record]

        struct Record: Decodable {
            let problem: String
            let head: String
            let settings: [String: JSONSetting]
            let loss: Double
            let penalty: Double?
            let featuresGradient: [[Double]]
            let weightsGradient: [[Double]]
            let projectedWeightsGradient: [[Double]]?
            let bias: Double?
            let biasGradient: Double?

            // A key strategy of the decoder would change the settings' keys too.
            enum CodingKeys: String, CodingKey {
                case problem, head, settings, loss, penalty, bias
                case featuresGradient = "features_gradient"
                case weightsGradient = "weights_gradient"
                case projectedWeightsGradient = "projected_weights_gradient"
                case biasGradient = "bias_gradient"
            }
        }
    }

    private static func read() throws -> Fixtures { try fixture("heads") }

    @Test func lossesAndGradients() throws {
        let fixtures = try Self.read()
        #expect(fixtures.cases.count >= 100)
        for record in fixtures.cases {
            let input = try #require(fixtures.problems[record.problem])
            let problem = Problem(features: input.features, weights: input.weights, labels: input.labels)
            let values = record.settings.mapValues(\.value)
            let name = Comment("\(record.head) \(values) on \(record.problem)")
            let preset = try HeadPreset.named(record.head)
            let head = try preset.head(values)

            let (features, weights, labels) = try problem.tensors()
            let bias = try record.bias.map { try Tensor([$0]).requireGradient() }
            let output = try head.evaluate(features: features, weights: weights, bias: bias, labels: labels)
            #expect(try abs(output.loss.item() - record.loss) <= 1e-11 * max(1, record.loss), name)
            if let penalty = record.penalty {
                #expect(try abs(output.penalties[0].value.item() * output.penalties[0].weight - penalty) <= 1e-12, name)
            }
            try output.loss.backward()
            try expectClose(features.gradient, record.featuresGradient, name)
            try expectClose(weights.gradient, record.weightsGradient, name)
            if let expected = record.biasGradient, let bias {
                let found = try #require(bias.gradient).item()
                #expect(abs(found - expected) <= 1e-9 * max(1, abs(expected)), name)
            }
            if let expected = record.projectedWeightsGradient {
                let projected = try preset.head(values.merging(["projected": true]) { $1 })
                let found = try projected.evaluated(problem, bias: record.bias ?? 0)
                try expectClose(Tensor(found.weights), expected, name)
                try expectClose(Tensor(found.features), record.featuresGradient, name)
            }
        }
    }

    private func expectClose(_ found: Tensor?, _ expected: [[Double]], _ name: Comment) throws {
        let expected = expected.flatMap { $0 }
        let found = try #require(found).reals()
        #expect(distance(found, expected) <= 1e-9 * max(1, length(expected)), name)
    }
}
