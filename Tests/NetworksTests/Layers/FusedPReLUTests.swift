import Networks
import Testing
import Torch

@Suite struct FusedPReLUTests {
    /// Shapes with one chunk and several, with and without threads, channels first and last.
    private static let shapes = [[3, 5], [2, 3, 4], [4, 6, 5, 7], [3, 16, 40, 33], [1, 4, 1, 1], [2, 1, 3, 3]]

    private func run(
        _ shape: [Int], _ format: MemoryFormat, _ apply: (PReLU, Tensor) throws -> Tensor
    ) throws -> [Tensor] {
        let generator = try Generator(seed: 51)
        var layer = try PReLU(channels: shape[1])
        layer.slope = try Tensor.normal([shape[1]], generator: generator).requireGradient()
        let x = try Tensor.normal(shape, generator: generator).contiguous(format).requireGradient()
        let weights = try Tensor.normal(shape, generator: generator)
        let y = try apply(layer, x)
        return [y] + (try gradients(of: [(y * weights).sum()], withRespectTo: [x, layer.slope]))
    }

    @Test(arguments: shapes, [MemoryFormat.contiguous, .channelsLast])
    func isWhatLibtorchComputes(_ shape: [Int], _ format: MemoryFormat) throws {
        guard shape.count == 4 || format == .contiguous else { return }
        let found = try run(shape, format) { try $0($1) }
        let expected = try run(shape, format) { try $1.prelu($0.slope) }
        #expect(try found[0].reals() == expected[0].reals())
        #expect(try found[1].reals() == expected[1].reals())
        #expect((0..<shape.count).map { found[1].stride($0) } == (0..<shape.count).map { expected[1].stride($0) })
        #expect(try relativeError(found[2], expected[2]) < 1e-5)
    }

    @Test func gradientsOfAnyLayoutAreTaken() throws {
        let x = try Tensor([-1 as Float, 2, -3, 4, -5, 6], shape: [1, 2, 3]).requireGradient()
        let layer = try PReLU(channels: 2, slope: 0.5)
        try layer.requireGradients()
        // The gradient of a sum is one number, expanded.
        let found = try gradients(of: [layer(x).sum()], withRespectTo: [x, layer.slope])
        #expect(try found[0].reals() == [0.5, 1, 0.5, 1, 0.5, 1] && found[1].reals() == [-4, -5])
        let transposed = try layer(x).transposed(1, 2) * Tensor([1 as Float, 2, 3, 4, 5, 6], shape: [1, 3, 2])
        let other = try gradients(of: [transposed.sum()], withRespectTo: [x, layer.slope])
        #expect(try other[0].reals() == [0.5, 3, 2.5, 2, 2, 6] && other[1].reals() == [-16, -20])
    }

    @Test func theNumberOfThreadsDoesNotMatter() throws {
        let before = Libtorch.threadCount
        defer { Libtorch.threadCount = before }
        Libtorch.threadCount = 1
        let one = try run([5, 8, 64, 64], .contiguous) { try $0($1) }[2].reals()
        Libtorch.threadCount = 3
        let three = try run([5, 8, 64, 64], .contiguous) { try $0($1) }[2].reals()
        #expect(one == three)
    }

    /// d/dx and d/da of Σ (∂L/∂x)² + Σ (∂L/∂a)², with L = Σ y³.
    @Test(arguments: [MemoryFormat.contiguous, .channelsLast])
    func gradientsHaveGradients(_ format: MemoryFormat) throws {
        func second(_ apply: (PReLU, Tensor) throws -> Tensor) throws -> [Tensor] {
            let generator = try Generator(seed: 52)
            let layer = try PReLU(channels: 3, slope: 0.7)
            try layer.requireGradients()
            let x = try Tensor.normal([2, 3, 4, 5], generator: generator).contiguous(format).requireGradient()
            let first = try gradients(
                of: [apply(layer, x).power(3).sum()], withRespectTo: [x, layer.slope], creatingGraph: true)
            let sum = try first[0].squared().sum() + first[1].squared().sum()
            return try gradients(of: [sum], withRespectTo: [x, layer.slope])
        }
        let found = try second { try $0($1) }
        let expected = try second { try $1.prelu($0.slope) }
        for (one, other) in zip(found, expected) { #expect(try relativeError(one, other) < 1e-5) }
    }
}
