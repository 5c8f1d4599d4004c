import Testing
import Torch

@Suite struct CreationTests {
    @Test func constants() throws {
        #expect(try Tensor.zeros([2]).elements(as: Float.self) == [0, 0])
        #expect(try Tensor.ones([2], scalarType: .int32).elements(as: Int32.self) == [1, 1])
        #expect(try Tensor.full([1, 2], 2.5, scalarType: .float64).elements(as: Double.self) == [2.5, 2.5])
        let scalar = try Tensor.scalar(0.1, scalarType: .float64)
        #expect(try scalar.rank == 0 && scalar.item() == 0.1)
        let empty = try Tensor.empty([3, 0, 2], scalarType: .int8)
        #expect(empty.shape == [3, 0, 2] && empty.scalarType == .int8 && empty.device == .cpu)
    }

    @Test func ranges() throws {
        #expect(try Tensor.range(0, 4).elements(as: Int.self) == [0, 1, 2, 3])
        #expect(try Tensor.range(3, 9, step: 4).elements(as: Int.self) == [3, 7])
        #expect(try Tensor.range(2, -2, step: -2).elements(as: Int.self) == [2, 0])
    }

    @Test func identity() throws {
        #expect(try Tensor.identity(2).elements(as: Float.self) == [1, 0, 0, 1])
    }

    @Test func likeAnother() throws {
        let matrix = try Tensor([5.0, 6], shape: [1, 2])
        #expect(try matrix.zerosLike().reals() == [0, 0] && matrix.onesLike().reals() == [1, 1])
        let empty = try matrix.emptyLike()
        #expect(empty.shape == [1, 2] && empty.scalarType == .float64)
    }

    @Test func uniformNumbersFillTheUnitInterval() throws {
        let values = try Tensor.uniform([10_000], generator: Generator(seed: 3), scalarType: .float64).reals()
        #expect(values.allSatisfy { 0 <= $0 && $0 < 1 })
        // The standard error of the mean is 0.0029.
        #expect(abs(values.reduce(0, +) / 10_000 - 0.5) < 0.012)
        let tenths = Set(values.map { Int($0 * 10) })
        #expect(tenths.count == 10)
    }

    @Test func normalNumbersHaveMeanZeroAndVarianceOne() throws {
        let values = try Tensor.normal([10_000], generator: Generator(seed: 3), scalarType: .float64)
        #expect(try abs(values.mean().item()) < 0.04)
        #expect(try abs(values.variance([0]).item() - 1) < 0.06)
    }

    @Test func permutationsHaveEveryNumberOnce() throws {
        let order = try Tensor.permutation(50, generator: Generator(seed: 3)).elements(as: Int.self)
        #expect(order.sorted() == Array(0..<50) && order != Array(0..<50))
    }
}
