import AngularMargin
import Testing
import Torch

/// Every preset against plain loops and arc cosines in Float64.
@Suite struct HeadOracleTests {
    private static let problems: [Problem] = [
        .random(batch: 4, classes: 3, dimension: 3, seed: 1),
        .random(batch: 7, classes: 5, dimension: 4, seed: 2),
        .random(batch: 1, classes: 2, dimension: 2, seed: 3),
        .random(batch: 3, classes: 9, dimension: 6, seed: 4),
    ]

    @Test(arguments: HeadCase.all)
    func lossAndGradients(_ head: HeadCase) throws {
        for problem in Self.problems {
            let found = try head.head().evaluated(problem)
            let loss = head.naive.loss(problem)
            #expect(try abs(found.output.loss.item() - loss) <= 1e-11 * max(1, loss))
            // Central differences of step 1e-6 are exact to about 1e-9 of the loss.
            let gradients = head.naive.gradients(problem)
            let tolerance = head.naive.isDetached ? 1e-11 : 4e-9 * max(1, loss)
            #expect(distance(found.features, gradients.features) <= tolerance * max(1, length(gradients.features)))
            #expect(distance(found.weights, gradients.weights) <= tolerance * max(1, length(gradients.weights)))
        }
    }

    /// Features on their own weights, opposite to them, and a little off both.
    @Test(arguments: HeadCase.all)
    func nearZeroAndPi(_ head: HeadCase) throws {
        var problem = Problem.random(batch: 6, classes: 4, dimension: 5, seed: 5)
        for (row, factor) in [1, 1, 1, -1, -1, -1].enumerated() {
            let noise = [0.3, 0.1, 0.03][row % 3]
            problem.features[row] = zip(problem.weights[problem.labels[row]], problem.features[row])
                .map { Double(factor) * $0 + noise * $1 }
        }
        let found = try head.head().evaluated(problem)
        let loss = head.naive.loss(problem)
        #expect(try abs(found.output.loss.item() - loss) <= 1e-11 * max(1, loss))
        let gradients = head.naive.gradients(problem)
        #expect(distance(found.features, gradients.features) <= 1e-7 * max(1, length(gradients.features)))
        #expect(distance(found.weights, gradients.weights) <= 1e-7 * max(1, length(gradients.weights)))
    }

    @Test(arguments: HeadCase.smooth)
    func gradientsOfGradients(_ head: HeadCase) throws {
        guard !head.naive.isDetached else { return }
        let problem = Problem.random(batch: 3, classes: 4, dimension: 3, seed: 6)
        let direction = Problem.random(batch: 3, classes: 4, dimension: 3, seed: 7).features
        let (features, weights, labels) = try problem.tensors()
        let made = try head.head()
        let bias = made.objective.bias == .shared ? try Tensor([HeadCase.bias]) : nil
        let loss = try made.evaluate(features: features, weights: weights, bias: bias, labels: labels).loss
        let first = try gradient(of: loss, withRespectTo: features, creatingGraph: true)
        let along = try (first * Problem.tensor(direction)).sum()
        let second = try gradients(of: [along], withRespectTo: [features, weights])

        // The derivative of the gradient along the direction, by central differences.
        let h = 1e-5
        func moved(by step: Double) throws -> (features: [Double], weights: [Double]) {
            var moved = problem
            moved.features = zip(problem.features, direction).map { zip($0, $1).map { $0 + step * $1 } }
            let found = try made.evaluated(moved)
            return (found.features, found.weights)
        }
        let (up, down) = try (moved(by: h), moved(by: -h))
        for (exact, pair) in [(second[0], (up.features, down.features)), (second[1], (up.weights, down.weights))] {
            let estimate = zip(pair.0, pair.1).map { ($0 - $1) / (2 * h) }
            #expect(try distance(exact.reals(), estimate) <= 1e-6 * max(1, length(estimate)))
        }
    }
}
