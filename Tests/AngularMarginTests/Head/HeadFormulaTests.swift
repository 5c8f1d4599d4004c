import AngularMargin
import Testing
import Torch

/// Heads that look at more than one angle, or remember, against plain loops in Float64.
@Suite struct HeadFormulaTests {
    private static let sizes: [(batch: Int, classes: Int, dimension: Int)] = [(4, 5, 3), (5, 3, 4), (1, 2, 2), (3, 5, 6)]

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
}
