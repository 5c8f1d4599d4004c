import Foundation
import Testing
import Torch

@Suite struct ArithmeticTests {
    @Test func tensorsWithTensors() throws {
        let a = try Tensor([6.0, -8, 1])
        let b = try Tensor([2.0, 4, -0.5])
        #expect(try (a + b).reals() == [8, -4, 0.5])
        #expect(try (a - b).reals() == [4, -12, 1.5])
        #expect(try (a * b).reals() == [12, -32, -0.5])
        #expect(try (a / b).reals() == [3, -2, -2])
        #expect(try (-a).reals() == [-6, 8, -1])
    }

    @Test func tensorsWithNumbersOnEitherSide() throws {
        let a = try Tensor([4.0, -8])
        #expect(try (a + 1).reals() == [5, -7] && (1 + a).reals() == [5, -7])
        #expect(try (a - 1).reals() == [3, -9] && (1 - a).reals() == [-3, 9])
        #expect(try (a * 0.5).reals() == [2, -4] && (0.5 * a).reals() == [2, -4])
        #expect(try (a / 2).reals() == [2, -4] && (2 / a).reals() == [0.5, -0.25])
    }

    @Test func numbersDoNotChangeTheType() throws {
        #expect(try (Tensor([Float(1)]) * 0.5).scalarType == .float32)
        #expect(try (Tensor([Float(1)]) + Tensor([1.0])).scalarType == .float64)
    }

    @Test func powersAndRoots() throws {
        let a = try Tensor([4.0, 0.25, 9])
        #expect(try a.power(0.5).reals() == [2, 0.5, 3] && a.power(-1).reals() == [0.25, 4, 1.0 / 9])
        #expect(try a.squared().reals() == [16, 0.0625, 81])
        #expect(try a.squareRoot().reals() == [2, 0.5, 3])
        #expect(try Tensor([-1.0]).squareRoot().item().isNaN)
    }

    @Test func exponentialAndLogarithm() throws {
        #expect(try Tensor([0.0, 1, -Double.infinity]).exponential().reals() == [1, M_E, 0])
        #expect(try Tensor([1.0, M_E, 0]).logarithm().reals() == [0, 1, -Double.infinity])
    }

    @Test func angles() throws {
        let quarters = try Tensor([0, Double.pi / 6, .pi / 2, .pi])
        expect(try quarters.sine(), [0, 0.5, 1, 0])
        expect(try quarters.cosine(), [1, sqrt(3) / 2, 0, -1])
        let y = try Tensor([0.0, 1, 0, -1, 1])
        let x = try Tensor([1.0, 0, -1, -1, sqrt(3)])
        expect(try y.arcTangent2(x), [0, .pi / 2, .pi, -3 * .pi / 4, .pi / 6])
    }

    @Test func roundingIsToTheEvenNeighbour() throws {
        let a = try Tensor([-1.5, -0.2, 0.5, 1.5, 2.7])
        #expect(try a.absolute().reals() == [1.5, 0.2, 0.5, 1.5, 2.7])
        #expect(try a.floor().reals() == [-2, -1, 0, 1, 2])
        #expect(try a.rounded().reals() == [-2, 0, 0, 2, 3])
    }

    @Test func sigmoidAndSoftplus() throws {
        let a = try Tensor([0, log(3.0), -log(3.0), -1000])
        expect(try a.sigmoid(), [0.5, 0.75, 0.25, 0])
        expect(try a.softplus(), [log(2), log(4), log(4.0 / 3), 0])
        #expect(try Tensor([3.0]).softplus(threshold: 2).item() == 3)
    }

    @Test func smallerAndLarger() throws {
        let a = try Tensor([1.0, 5, -3])
        let b = try Tensor([2.0, 4, -3])
        #expect(try a.minimum(b).reals() == [1, 4, -3])
        #expect(try a.maximum(b).reals() == [2, 5, -3])
        #expect(try a.clamped(from: 0, to: 2).reals() == [1, 2, 0])
        #expect(try a.clamped(from: 2).reals() == [2, 5, 2] && a.clamped(to: 0).reals() == [0, 0, -3])
    }

    @Test func clampedValuesHaveNoGradient() throws {
        let x = try Tensor([-1.0, 0.5, 3]).requireGradient()
        try x.clamped(from: 0, to: 1).sum().backward()
        #expect(try x.gradient?.reals() == [0, 1, 0])
    }
}
