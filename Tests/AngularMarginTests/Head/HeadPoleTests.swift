import AngularMargin
import Foundation
import Testing
import Torch

/// Heads within 2·10⁻⁶ of cos θ = ±1 and beside the joins of their margins, against 80 digits
/// (scripts/fixtures/head_poles.py): Float64 gradients are exact to 10⁻⁹ there.
@Suite struct HeadPoleTests {
    private struct Fixtures: Decodable {
        let problems: [String: FixtureProblem]
        let cases: [Record]

        struct Record: Decodable {
            let problem: String
            let head: String
            let settings: [String: JSONSetting]
            let state: [String: Double]
            let loss: Double
            let features: [Double]
            let weights: [Double]
            let bias: Double?
            let biasGradient: Double?

            enum CodingKeys: String, CodingKey {
                case problem, head, settings, state, loss, features, weights, bias
                case biasGradient = "bias_gradient"
            }
        }
    }

    @Test func lossesAndGradients() throws {
        let fixtures = try fixture("head_poles", as: Fixtures.self)
        #expect(fixtures.cases.count >= 80)
        for record in fixtures.cases {
            let input = try #require(fixtures.problems[record.problem])
            let values = record.settings.mapValues(\.value)
            let comment = Comment("\(record.head) \(values) at \(record.problem)")
            let head = try HeadPreset.named(record.head).head(values)
            var state = head.initialState
            for name in state.names { state[name] = record.state[name.rawValue] ?? state[name] }

            let problem = Problem(features: input.features, weights: input.weights, labels: input.labels)
            let (features, weights, labels) = try problem.tensors()
            let bias = try record.bias.map { try Tensor([$0]).requireGradient() }
            let output = try head.evaluate(
                features: features, weights: weights, bias: bias, labels: labels, state: state)
            let inputs = [features, weights] + [bias].compactMap { $0 }
            let found = try gradients(of: [output.loss], withRespectTo: inputs).map { try $0.reals() }

            #expect(try abs(output.loss.item() - record.loss) <= 1e-13 * max(1, record.loss), comment)
            for (found, expected) in zip(found, [record.features, record.weights, [record.biasGradient ?? 0]]) {
                #expect(distance(found, expected) <= 1e-9 * max(1, length(expected)), comment)
            }
        }
    }
}
