import Testing
import Torch

@testable import AngularMargin

/// What ``Head/negligible`` leaves out, against everything.
@Suite struct NegligibleTests {
    private struct Evaluated {
        let losses: [Double]
        let features: Tensor
        let weights: Tensor
    }

    /// Samples near their own class, but for every fifth.
    private static func problem(classes: Int) -> Problem {
        var problem = Problem.random(batch: 30, classes: classes, dimension: 24, seed: 17)
        for row in problem.features.indices where row % 5 != 0 {
            problem.features[row] = zip(problem.weights[problem.labels[row]], problem.features[row]).map {
                5 * $0 + 0.4 * $1
            }
        }
        return problem
    }

    private func evaluate(_ name: String, _ problem: Problem, negligible: Double) throws -> Evaluated {
        var head = try HeadPreset.named(name).head([:])
        head.scale = .constant(24)
        head.negligible = negligible
        let (features, weights, labels) = try problem.tensors(.float32)
        let bias = try head.objective.bias.shape(classCount: problem.weights.count).map { try Tensor.full($0, -8) }
        let output = try head.evaluate(
            features: features, weights: weights, bias: bias, labels: labels, path: .streaming)
        let found = try gradients(of: [output.loss], withRespectTo: [features, weights])
        return Evaluated(losses: try output.losses.reals(), features: found[0], weights: found[1])
    }

    @Test(arguments: ["arcface", "normface", "sphereface2"], [1e-6, 1e-3, 0.05])
    func errorsKeepTheirBounds(_ name: String, negligible: Double) throws {
        let problem = Self.problem(classes: ClassStream.tileSize + 100)
        let exact = try evaluate(name, problem, negligible: 0)
        let found = try evaluate(name, problem, negligible: negligible)
        #expect(zip(found.losses, exact.losses).allSatisfy { abs($0 - $1) <= 1e-6 * max(1, $1) })

        func norm(_ row: [Double]) -> Double { row.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let lossWeight = try HeadPreset.named(name).head([:]).lossWeight
        let perSample = negligible * 24 * lossWeight / 30
        let errors: [Double] = try (found.features - exact.features).norm([1]).reals()
        for (error, features) in zip(errors, problem.features) {
            #expect(error <= perSample / norm(features) + 1e-7)
        }
        let shortest = try #require(problem.weights.map(norm).min())
        let ofWeights: Double = try (found.weights - exact.weights).norm([]).item()
        #expect(ofWeights <= 30 * perSample / shortest + 1e-6)
    }

    /// Between none and all of the samples are left out, so that the bounds say something.
    @Test func someSamplesAreLeftOut() throws {
        let problem = Self.problem(classes: 3000)
        let exact = try evaluate("arcface", problem, negligible: 0)
        let found = try evaluate("arcface", problem, negligible: 0.05)
        let errors: [Double] = try (found.features - exact.features).norm([1]).reals()
        #expect(errors.contains { $0 > 1e-9 })
        for (row, error) in errors.enumerated() where row % 5 == 0 { #expect(error <= 1e-6) }
    }

    /// Rows to which nothing comes are not handed over.
    @Test func aSinkGetsTheOwnRowsAlone() throws {
        final class Sink: ClassGradientSink {
            var rows: [Int] = []
            var gradients: [Tensor] = []
            func willRead(_ rows: SelectedClasses) {}
            func take(_ rows: SelectedClasses, gradient: Tensor) throws {
                self.rows += Array(rows)
                gradients.append(try gradient.cloned())
            }
        }
        var head = try HeadPreset.named("arcface").head([:])
        head.negligible = 1
        let problem = Self.problem(classes: 5000)
        let (features, weights, labels) = try problem.tensors(.float32)
        let sink = Sink()
        _ = try head.evaluate(features: features, weights: weights, labels: labels, classGradients: sink)
        #expect(sink.rows == Set(problem.labels).sorted())

        let whole = try head.evaluate(features: features, weights: weights, labels: labels, path: .streaming)
        let expected = try gradient(of: whole.loss, withRespectTo: weights)
        let handed = try Tensor.concatenated(sink.gradients, dimension: 0)
        #expect(try handed.reals() == expected.rows(Tensor(sink.rows)).reals())
        let rest: Double = try expected.norm([]).item() - handed.norm([]).item()
        #expect(abs(rest) <= 1e-6 * (try handed.norm([]).item()))
    }

    @Test func refusedWhereClassesAreNotGoneThrough() throws {
        var head = try HeadPreset.named("curricularface").head([:])
        head.negligible = 0.1
        #expect(throws: HeadError.self) { try head.checkCombination() }
    }
}
