import Foundation
import Networks
import Testing
import Torch

@Suite struct DropoutTests {
    private func ones(_ shape: [Int], _ type: ScalarType = .float32) throws -> Tensor {
        try Tensor.ones(shape, scalarType: type)
    }

    @Test func nothingHappensInEvaluationAndWithoutProbability() throws {
        let x = try Tensor.normal([3, 4], generator: Generator(seed: 1))
        #expect(try Dropout(probability: 0.5)(x, mode: .evaluation).isSame(as: x))
        #expect(try Dropout(probability: 0)(x, mode: .training).isSame(as: x))
        #expect(Dropout(probability: 0.5).tensors.isEmpty)
    }

    /// Zeros come independently with probability p, and the others make up for them: within five standard deviations.
    @Test(arguments: [0.25, 0.5, 0.9]) func statistics(p: Double) throws {
        let count = 200_000.0
        for type in [ScalarType.float32, .float64] {
            let y = try Dropout(probability: p)(ones([200, 10, 10, 10], type), mode: .training(seed: 3))
            #expect(y.scalarType == type)
            let values = try y.reals()
            let kept = values.filter { $0 != 0 }
            #expect(kept.allSatisfy { abs($0 - 1 / (1 - p)) < 1e-6 })
            #expect(abs(Double(kept.count) / count - (1 - p)) < 5 * (p * (1 - p) / count).squareRoot())
            // Neighbours: both kept as often as independence says.
            let pairs = zip(values, values.dropFirst()).filter { $0 != 0 && $1 != 0 }.count
            let both = (1 - p) * (1 - p)
            #expect(abs(Double(pairs) / count - both) < 8 * (both * (1 - both) / count).squareRoot())
        }
    }

    @Test func aMaskIsAFunctionOfSeedAndLayer() throws {
        func mask(_ seed: UInt64, _ number: Int) throws -> [Double] {
            try Dropout(probability: 0.5, number: number)(ones([4, 8, 5, 5]), mode: .training(seed: seed)).reals()
        }
        #expect(try mask(7, 0) == mask(7, 0))
        let others = try [mask(7, 0), mask(8, 0), mask(7, 1), mask(8, 1), mask(0, 0)]
        for (index, one) in others.enumerated() {
            for other in others[(index + 1)...] {
                let same = zip(one, other).filter { $0 == $1 }.count
                // 400 of 800, within five standard deviations.
                #expect(abs(Double(same) - 400) < 5 * 200.0.squareRoot())
            }
        }
        // Running statistics have nothing to do with it: a virtual step has the masks of the real one.
        let layer = Dropout(probability: 0.5)
        #expect(
            try layer(ones([4, 4]), mode: .training(updatingStatistics: false, seed: 7)).reals()
                == layer(ones([4, 4]), mode: .training(seed: 7)).reals())
    }

    @Test func theLayoutInMemoryDoesNotMatter() throws {
        let x = try Tensor.normal([3, 4, 5, 6], generator: Generator(seed: 2))
        let layer = Dropout(probability: 0.4)
        let plain = try layer(x, mode: .training(seed: 5))
        let last = try layer(x.contiguous(.channelsLast), mode: .training(seed: 5))
        #expect(try plain.reals() == last.reals())
        #expect(try last.isSameLayout(as: x.contiguous(.channelsLast)))
    }

    @Test func gradientsGoThroughTheMask() throws {
        let x = try Tensor.normal([6, 7], generator: Generator(seed: 4), scalarType: .float64).requireGradient()
        let layer = Dropout(probability: 0.3)
        let mode = Mode.training(seed: 11)
        let mask = try layer(x.detached().onesLike(), mode: mode)
        let found = try gradient(of: layer(x, mode: mode).squared().sum(), withRespectTo: x)
        #expect(try (found - 2 * x * mask.squared()).absolute().maximum().item() < 1e-14)
    }
}

extension Tensor {
    fileprivate func isSameLayout(as other: Tensor) throws -> Bool {
        (0..<rank).allSatisfy { stride($0) == other.stride($0) }
    }
}
