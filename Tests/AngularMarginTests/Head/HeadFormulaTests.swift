import AngularMargin
import Testing
import Torch

/// Heads that look at more than one angle, or remember, against plain loops in Float64.
@Suite struct HeadFormulaTests {
    private static let sizes: [(batch: Int, classes: Int, dimension: Int)] = [
        (4, 5, 3), (5, 3, 4), (1, 2, 2), (3, 5, 6),
    ]

    @Test(arguments: FormulaCase.all.indices)
    func lossAndGradients(index: Int) throws {
        let head = FormulaCase.all[index]
        for (seed, size) in Self.sizes.enumerated() where size.classes > 2 || head.values["margins"] == nil {
            let point = try head.point(
                batch: size.batch, classes: size.classes, dimension: size.dimension, seed: UInt64(80 + seed))
            let expected = head.expected(point)
            let found = try head.found(point)
            let comment = Comment("\(head) \(size)")
            #expect(try abs(found.output.loss.item() - expected.loss) <= 1e-12 * max(1, expected.loss), comment)
            #expect(
                distance(found.gradients, expected.gradients) <= 2e-9 * max(1, length(expected.gradients)), comment)
        }
    }

    /// Float32 within this project's tolerances.
    @Test(arguments: FormulaCase.all.indices)
    func singlePrecision(index: Int) throws {
        let head = FormulaCase.all[index]
        for seed in UInt64(90)..<94 {
            let point = try head.point(batch: 6, classes: 5, dimension: 16, seed: seed)
            let (exact, single) = try (head.found(point), head.found(point, .float32))
            let loss = try exact.output.loss.item()
            let comment = Comment("\(head) \(seed)")
            #expect(try abs(single.output.loss.item() - loss) <= 1e-6 * max(1, loss) + 4 * 8 * 0x1p-24, comment)
            #expect(
                distance(single.gradients, exact.gradients) <= 1e-5 * max(length(exact.gradients), 1e-3), comment)
        }
    }

    /// Gradients can be differentiated again, as meta-learned sample weights need: MAMA's among them.
    @Test(arguments: FormulaCase.all.indices)
    func gradientsOfGradients(index: Int) throws {
        let head = FormulaCase.all[index]
        // Detached slopes are not those of the loss, AdaFace holds û fixed, and a margin that is itself a tensor
        // with a gradient is differentiated once.
        guard head.values["gradient"] != "detached", !["magface", "adaface"].contains(head.preset), head.margins == nil
        else { return }
        let point = try head.point(batch: 3, classes: 4, dimension: 3, seed: 97)
        let direction = Problem.random(batch: 3, classes: 1, dimension: 3, seed: 98).features
        let graph = try head.graph(point, .float64)
        let first = try gradient(of: graph.output.loss, withRespectTo: graph.inputs[0], creatingGraph: true)
        let along = try (first * Problem.tensor(direction)).sum()
        let second = try gradients(of: [along], withRespectTo: graph.inputs, allowingUnused: true)
            .flatMap { try $0.reals() }

        let h = 1e-4
        func moved(by step: Double) throws -> [Double] {
            var moved = point
            moved.features = zip(point.features, direction).map { zip($0, $1).map { $0 + step * $1 } }
            return try head.found(moved).gradients
        }
        let (near, far) = try (zip(moved(by: h), moved(by: -h)), zip(moved(by: 2 * h), moved(by: -2 * h)))
        let estimate = zip(near, far).map { (8 * ($0.0 - $0.1) - ($1.0 - $1.1)) / (12 * h) }
        #expect(distance(second, estimate) <= 1e-8 * max(1, length(estimate)), "\(head)")
    }
}
