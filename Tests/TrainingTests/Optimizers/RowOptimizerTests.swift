import AngularMargin
import TestSupport
import Testing
import Torch

@testable import Training

/// A matrix stepped row by row beside one that is stepped as a whole, and beside Float64.
@Suite struct RowOptimizerTests {
    private static let descriptions: [OptimizerDescription] = [
        .sgd(momentum: 0.9, nesterov: false), .sgd(momentum: 0.9, nesterov: true), .sgd(momentum: 0, nesterov: false),
        .adamW(beta1: 0.9, beta2: 0.99),
    ]

    private static let rowCount = 40
    private static let size = 19

    /// Random matrices that both contestants get.
    private struct Draw {
        private var generator: SplitMix

        init(_ seed: UInt64) { generator = SplitMix(seed) }

        mutating func matrix(_ rows: Int) throws -> Tensor {
            try Tensor((0..<rows * size).map { _ in generator.next() }, shape: [rows, size])
        }

        /// Some of the rows, rising.
        mutating func rows(share: Float) -> [Int] {
            (0..<rowCount).filter { _ in generator.next() + 1 < 2 * share }
        }

        mutating func rate() -> Double { 0.01 + 0.1 * Double(abs(generator.next())) }
    }

    private struct SplitMix {
        private var state: UInt64
        init(_ seed: UInt64) { state = seed }
        /// In [−1, 1).
        mutating func next() -> Float {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return Float(Int32(truncatingIfNeeded: z >> 32)) / 2_147_483_648
        }
    }

    private static func optimizer(
        _ description: OptimizerDescription, _ start: Tensor
    ) throws -> (any Optimizer, weights: Tensor) {
        let weights = try start.cloned().requireGradient()
        let named = NamedTensor(name: "head.weight", role: .parameter, tensor: weights)
        return (
            description.optimizer([ParameterGroup([named], learningRateFactor: 0.5, weightDecay: 0.05)]), weights
        )
    }

    private static func state(_ optimizer: any Optimizer) throws -> [String: [Double]] {
        Dictionary(uniqueKeysWithValues: try optimizer.state.map { ($0.name, try $0.tensor.reals()) })
    }

    private static func difference(_ first: [Double], _ second: [Double]) -> Double {
        zip(first, second).map { abs($0 - $1) / (1 + abs($1)) }.max() ?? .infinity
    }

    /// Tiles that follow each other: what the whole step does, to the bit.
    @Test(arguments: descriptions)
    func tilesAreTheWholeStep(_ description: OptimizerDescription) throws {
        var draw = Draw(1)
        let start = try draw.matrix(Self.rowCount)
        let (whole, expected) = try Self.optimizer(description, start)
        let (inTiles, weights) = try Self.optimizer(description, start)
        let rows = try #require(RowOptimizer(inTiles, parameter: weights))
        for _ in 0..<8 {
            let (gradient, rate) = (try draw.matrix(Self.rowCount), draw.rate())
            try expected.setGradient(gradient)
            try whole.step(learningRate: rate)
            try rows.begin(learningRate: rate)
            for tile in [0..<16, 16..<32, 32..<Self.rowCount] {
                try rows.take(.range(tile), gradient: gradient.sliced(tile))
            }
            try inTiles.step(learningRate: rate)
            let norm: Double = try gradient.norm([]).item()
            #expect(abs(rows.gradientNorm - norm) < 1e-5 * norm)
        }
        try rows.catchUp()
        #expect(try weights.reals() == expected.reals() && Self.state(inTiles) == Self.state(whole))
    }

    /// Of a few rows at a time, with the others' steps put off, against the optimiser that steps all of them.
    @Test(arguments: descriptions, [0.05, 0.3, 1] as [Float])
    func rowsThatWereLeftOutCatchUp(_ description: OptimizerDescription, _ share: Float) throws {
        var draw = Draw(2)
        let start = try draw.matrix(Self.rowCount)
        let (whole, expected) = try Self.optimizer(description, start)
        let (byRows, weights) = try Self.optimizer(description, start)
        let rows = try #require(RowOptimizer(byRows, parameter: weights))
        for step in 0..<300 {
            let (chosen, rate) = (draw.rows(share: share), draw.rate())
            let part = try draw.matrix(max(chosen.count, 1)).sliced(0..<chosen.count)
            let gradient = try Tensor.zeros([Self.rowCount, Self.size])
            for (place, row) in chosen.enumerated() {
                try gradient.sliced(row..<row + 1).copy(from: part.sliced(place..<place + 1))
            }
            try expected.setGradient(gradient)
            try whole.step(learningRate: rate)
            try rows.begin(learningRate: rate)
            try rows.willRead(.list(chosen))
            if !chosen.isEmpty { try rows.take(.list(chosen), gradient: part) }
            // Looked at in between, as for a checkpoint.
            if step % 97 == 50 { try rows.catchUp() }
        }
        try rows.catchUp()
        #expect(Self.difference(try weights.reals(), try expected.reals()) < 3e-6)
        for (name, values) in try Self.state(whole) {
            #expect(Self.difference(try #require(Self.state(byRows)[name]), values) < 3e-6, "\(name)")
        }
    }

    /// The recurrence of a row without gradients, in Float64: (w, v) ← M_t (w, v).
    @Test(arguments: [false, true])
    func anIdleRowFollowsItsRecurrence(_ nesterov: Bool) throws {
        var draw = Draw(3)
        let (optimizer, weights) = try Self.optimizer(
            .sgd(momentum: 0.9, nesterov: nesterov), draw.matrix(Self.rowCount))
        let rows = try #require(RowOptimizer(optimizer, parameter: weights))
        let (rate, gradient) = (draw.rate(), try draw.matrix(1))
        var w = try weights.sliced(7..<8).reals()
        var v = [Double](repeating: 0, count: Self.size)
        try rows.begin(learningRate: rate)
        try rows.take(.list([7]), gradient: gradient)
        for (place, g) in try gradient.reals().enumerated() {
            v[place] = g + 0.05 * w[place]
            w[place] -= rate / 2 * (nesterov ? g + 0.05 * w[place] + 0.9 * v[place] : v[place])
        }
        for _ in 0..<2500 {
            let rate = draw.rate() / 2
            try rows.begin(learningRate: rate * 2)
            for place in w.indices {
                let before = (w: w[place], v: v[place])
                v[place] = 0.05 * before.w + 0.9 * before.v
                w[place] =
                    nesterov
                    ? (1 - rate * 0.05 * 1.9) * before.w - rate * 0.81 * before.v
                    : (1 - rate * 0.05) * before.w - rate * 0.9 * before.v
            }
        }
        try rows.catchUp()
        let found = try weights.sliced(7..<8).reals()
        #expect(zip(found, w).allSatisfy { abs($0 - $1) < 1e-4 * abs($1) + 1e-7 })
    }

    /// When rows are brought up to date does not change a bit of them.
    @Test(arguments: descriptions)
    func lookingInBetweenChangesNothing(_ description: OptimizerDescription) throws {
        func run(lookingEvery interval: Int) throws -> ([Double], [String: [Double]]) {
            var draw = Draw(4)
            let (optimizer, weights) = try Self.optimizer(description, draw.matrix(Self.rowCount))
            let rows = try #require(RowOptimizer(optimizer, parameter: weights))
            for step in 0..<60 {
                let chosen = draw.rows(share: 0.2)
                try rows.begin(learningRate: draw.rate())
                if !chosen.isEmpty { try rows.take(.list(chosen), gradient: draw.matrix(chosen.count)) }
                if step % interval == 0 { try rows.catchUp() }
            }
            try rows.catchUp()
            return (try weights.reals(), try Self.state(optimizer))
        }
        let (first, second) = (try run(lookingEvery: 1), try run(lookingEvery: 23))
        #expect(first.0 == second.0 && first.1 == second.1)
    }

    @Test(arguments: descriptions)
    func aStepThatWasWithdrawnWasNone(_ description: OptimizerDescription) throws {
        var draw = Draw(5)
        let start = try draw.matrix(Self.rowCount)
        let (whole, expected) = try Self.optimizer(description, start)
        let (mixed, weights) = try Self.optimizer(description, start)
        let rows = try #require(RowOptimizer(mixed, parameter: weights))
        for step in 0..<6 {
            let (gradient, rate) = (try draw.matrix(Self.rowCount), draw.rate())
            try expected.setGradient(gradient)
            try whole.step(learningRate: rate)
            try rows.begin(learningRate: rate)
            if step % 2 == 0 {
                try rows.take(.range(0..<Self.rowCount), gradient: gradient)
                try weights.setGradient(nil)
            } else {
                try rows.willRead(.range(0..<Self.rowCount))
                try rows.withdraw()
                try weights.setGradient(gradient)
            }
            try mixed.step(learningRate: rate)
        }
        #expect(try weights.reals() == expected.reals() && Self.state(mixed) == Self.state(whole))
    }

    @Test func onlyAMatrixOfTheOptimisersIsStepped() throws {
        let matrix = try Tensor.ones([3, 2]).requireGradient()
        let vector = try Tensor.ones([3]).requireGradient()
        let double = try Tensor.ones([3, 2], scalarType: .float64).requireGradient()
        let named = [matrix, vector, double].enumerated().map {
            NamedTensor(name: "\($0)", role: .parameter, tensor: $1)
        }
        let optimizer = SGD([ParameterGroup(named)])
        #expect(RowOptimizer(optimizer, parameter: matrix) != nil)
        #expect(RowOptimizer(optimizer, parameter: vector) == nil)
        #expect(RowOptimizer(optimizer, parameter: double) == nil)
        #expect(RowOptimizer(optimizer, parameter: try Tensor.ones([3, 2])) == nil)
    }
}
