import Testing
import Torch

@Suite struct ComparisonTests {
    private func truths(_ tensor: Tensor) throws -> [Bool] { try tensor.elements() }

    @Test func comparisonsGiveTruthValues() throws {
        let a = try Tensor([1.0, 2, 3])
        let b = try Tensor([2.0, 2, 2])
        #expect(try truths(a .< b) == [true, false, false] && truths(a .< 2) == [true, false, false])
        #expect(try truths(a .> b) == [false, false, true] && truths(a .> 2) == [false, false, true])
        #expect(try truths(a .>= 2) == [false, true, true] && truths(a .<= 2) == [true, true, false])
        #expect(try truths(a .== b) == [false, true, false])
        #expect(try truths(.!(a .== b)) == [true, false, true])
    }

    @Test func nothingEqualsNaN() throws {
        let nan = try Tensor([Double.nan])
        #expect(try truths(nan .== nan) == [false] && truths(nan .< 0) == [false] && truths(nan .>= 0) == [false])
    }

    @Test func selectionBroadcasts() throws {
        let condition = try Tensor([true, false, true])
        let matrix = try Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3])
        #expect(
            try Tensor.select(condition, matrix, Tensor.scalar(0, scalarType: .float64)).reals() == [1, 0, 3, 4, 0, 6])
    }

    @Test func gradientsFlowToWhatIsSelected() throws {
        let x = try Tensor([1.0, 2]).requireGradient()
        let y = try Tensor([3.0, 4]).requireGradient()
        try Tensor.select(Tensor([true, false]), x, y).sum().backward()
        #expect(try x.gradient?.reals() == [1, 0] && y.gradient?.reals() == [0, 1])
    }

    @Test func finite() throws {
        let x = try Tensor([0.0, .infinity, -.infinity, .nan, .greatestFiniteMagnitude])
        #expect(try truths(x.isFinite()) == [true, false, false, false, true])
    }

    @Test func allAndAny() throws {
        #expect(try Tensor([true, true]).all() && !Tensor([true, false]).all())
        #expect(try Tensor([false, true]).any() && !Tensor([false, false]).any())
        #expect(try Tensor([2.0, -1]).all() && !Tensor([0.0, 0]).any())
        #expect(try Tensor([Bool]()).all() && !Tensor([Bool]()).any())
    }
}
