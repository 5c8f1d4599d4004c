import Networks
import Testing
import Torch

@Suite struct InitializationTests {
    // [out, in, 3, 3]: fan in 9 · 40 = 360, fan out 9 · 90 = 810; 32,400 draws.
    private static let shape = [90, 40, 3, 3]

    private static let variances: [(Initialization, Double)] = [
        (.normal(deviation: 0.01), 1e-4),
        (.kaimingNormal(.incoming), 2 / 360), (.kaimingNormal(.outgoing), 2 / 810),
        (.kaimingUniform(.incoming), 2 / 360), (.kaimingUniform(.outgoing), 2 / 810),
        (.xavierNormal, 2 / 1170), (.xavierUniform, 2 / 1170),
    ]

    private static let squaredBounds: [(Initialization, Double)] = [
        (.kaimingUniform(.incoming), 6 / 360), (.xavierUniform, 6 / 1170),
    ]

    @Test(arguments: variances)
    func meanAndVariance(_ initialization: Initialization, _ variance: Double) throws {
        let weight = try initialization.weight(Self.shape, generator: Generator(seed: 41)).to(.float64)
        #expect(weight.shape == Self.shape)
        // Five standard errors: of the mean σ/√n, of a normal's variance σ²√(2/n).
        let count = Double(weight.count)
        #expect(try abs(weight.mean().item()) < 5 * (variance / count).squareRoot())
        #expect(try abs(weight.variance([0, 1, 2, 3]).item() / variance - 1) < 5 * (2 / count).squareRoot())
    }

    @Test(arguments: squaredBounds)
    func uniformOnesFillTheirBoundsEvenly(_ initialization: Initialization, _ squaredBound: Double) throws {
        let bound = squaredBound.squareRoot()
        let weight = try initialization.weight(Self.shape, generator: Generator(seed: 42)).reals()
        #expect(weight.allSatisfy { abs($0) <= bound * (1 + 1e-6) })
        let outer = Double(weight.count { abs($0) > bound / 2 }) / Double(weight.count)
        #expect(abs(outer - 0.5) < 0.015)
    }

    @Test func aMatrixHasItsSizesAsFans() throws {
        let weight = try Initialization.xavierUniform.weight([3, 5], generator: Generator(seed: 43)).reals()
        #expect(weight.allSatisfy { abs($0) <= (6.0 / 8).squareRoot() })
        let other = try Initialization.xavierUniform.weight([3, 5], generator: Generator(seed: 43)).reals()
        #expect(weight == other)
    }
}
