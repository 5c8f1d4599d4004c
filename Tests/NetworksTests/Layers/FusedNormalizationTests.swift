import Testing
import Torch

@testable import Networks

/// Against libtorch's operators in Float64, one by one.
@Suite struct FusedNormalizationTests {
    enum Follower: CaseIterable { case none, relu, prelu }

    /// Shapes of one chunk and of several, with and without threads, wider than a vector and not, with rows that are
    /// taken together and such that cannot be.
    private static let shapes = [
        [5, 3], [2, 3, 4, 4], [3, 16, 40, 33], [2, 70, 9, 31], [64, 100], [2, 1, 3, 3], [4, 33, 1, 1],
        [4, 5, 8, 8], [16, 8, 32, 32], [3, 10, 40, 40],
    ]

    private struct Case {
        let layer: BatchNorm
        let activation: Activation?
        let x: Tensor
        let before: Tensor?
        let after: Tensor?
        let seed: Tensor

        init(_ shape: [Int], _ follower: Follower, before: Bool, after: Bool, as type: ScalarType) throws {
            let generator = try Generator(seed: 61)
            func draw(_ shape: [Int]) throws -> Tensor {
                try Tensor.normal(shape, generator: generator, scalarType: .float32).to(type)
            }
            func arranged(_ tensor: Tensor) throws -> Tensor {
                try (shape.count == 4 ? tensor.contiguous(.channelsLast) : tensor).requireGradient()
            }
            let channels = shape[1]
            var layer = try BatchNorm(channels: channels)
            layer.weight = try draw([channels]).requireGradient()
            layer.bias = try draw([channels]).requireGradient()
            layer.runningMean = try draw([channels])
            layer.runningVariance = try draw([channels]).squared()
            self.layer = layer
            var prelu = try PReLU(channels: channels)
            prelu.slope = try draw([channels]).requireGradient()
            activation =
                switch follower {
                case .none: nil
                case .relu: .relu
                case .prelu: .prelu(prelu)
                }
            // A mean far from zero, where sums of squares would lose their digits; with an activation it would
            // also move numbers across the kink.
            x = try arranged(draw(shape) * 2 + (follower == .none ? 30 : 0.5))
            self.before = before ? try arranged(draw(shape)) : nil
            self.after = after ? try arranged(draw(shape)) : nil
            seed = try draw(shape)
        }

        func results(_ apply: (Case) throws -> Tensor) throws -> [(name: String, tensor: Tensor)] {
            let y = try apply(self)
            let inputs: [(String, Tensor?)] = [
                ("x", x), ("weight", layer.weight), ("bias", layer.bias), ("slope", activation?.slope),
                ("before", before),
                ("after", after),
            ]
            let present = inputs.compactMap { name, tensor in tensor.map { (name, $0) } }
            let found = try gradients(of: [y], withRespectTo: present.map(\.1), seeds: [seed])
            return [("y", y), ("running mean", layer.runningMean), ("running variance", layer.runningVariance)]
                + zip(present, found).map { ("gradient of \($0.0)", $1) }
        }
    }

    @Test(arguments: shapes, Follower.allCases)
    func isWhatTheOperatorsCompute(_ shape: [Int], _ follower: Follower) throws {
        for (before, after) in [(false, false), (true, false), (false, true), (true, true)] {
            let single = try Case(shape, follower, before: before, after: after, as: .float32)
            let double = try Case(shape, follower, before: before, after: after, as: .float64)
            let found = try single.results { given in
                let fused = try FusedNormalization(
                    given.layer, given.x, before: given.before, activation: given.activation, after: given.after,
                    mode: .training)
                let used: FusedNormalization = try #require(fused)
                return try used.callAsFunction(updatingStatistics: true)
            }
            let expected = try double.results {
                try $0.layer.plain(
                    $0.x, adding: $0.before, activation: $0.activation, thenAdding: $0.after, mode: .training)
            }
            for (one, other) in zip(found, expected) {
                // Of a few samples the variance may be next to nothing, and its root next to anything.
                let tolerance = shape.reduce(1, *) / shape[1] < 50 ? 2e-4 : 2e-5
                #expect(try relativeError(one.tensor, other.tensor) < tolerance, "\(one.name) of \(shape), \(follower)")
            }
        }
    }

    @Test func otherTensorsGoThroughTheOperators() throws {
        let layer = try BatchNorm(channels: 3)
        let x = try Tensor.normal([2, 3, 4, 5], generator: Generator(seed: 1))
        func isFused(_ x: Tensor, _ mode: Mode = .training) throws -> Bool {
            try FusedNormalization(layer, x, before: nil, activation: nil, after: nil, mode: mode) != nil
        }
        #expect(try isFused(x.contiguous(.channelsLast)))
        #expect(try !isFused(x) && !isFused(x.contiguous(.channelsLast), .evaluation))
        #expect(try !isFused(x.contiguous(.channelsLast).to(.float64)))
        #expect(try !withoutGradients { try isFused(x.contiguous(.channelsLast)) })
    }

    @Test func theNumberOfThreadsDoesNotMatter() throws {
        let before = Libtorch.threadCount
        defer { Libtorch.threadCount = before }
        let results = try [1, 3].map { threads in
            Libtorch.threadCount = threads
            return try Case([4, 24, 64, 48], .prelu, before: true, after: true, as: .float32).results {
                try $0.layer(
                    $0.x, adding: $0.before, activation: $0.activation, thenAdding: $0.after, mode: .training)
            }.map { try $0.tensor.reals() }
        }
        #expect(results[0] == results[1])
    }

    @Test(arguments: Follower.allCases)
    func gradientsHaveGradients(_ follower: Follower) throws {
        func second(_ type: ScalarType) throws -> [Tensor] {
            let given = try Case([2, 3, 4, 5], follower, before: true, after: true, as: type)
            let y = try given.layer(
                given.x, adding: given.before, activation: given.activation, thenAdding: given.after, mode: .training)
            let inputs = [given.x, given.layer.weight, given.activation?.slope, given.before].compactMap(\.self)
            let first = try gradients(of: [(y.power(3) * given.seed).sum()], withRespectTo: inputs, creatingGraph: true)
            let sum = try first.reduce(Tensor.zeros([], scalarType: type)) { try $0 + $1.squared().sum() }
            return try gradients(of: [sum], withRespectTo: inputs)
        }
        for (one, other) in zip(try second(.float32), try second(.float64)) {
            #expect(try relativeError(one, other) < 1e-4)
        }
    }
}
