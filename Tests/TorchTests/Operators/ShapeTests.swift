import Testing
import Torch

@Suite struct ShapeTests {
    /// 0 … 5 in two rows.
    private let matrix: Tensor
    init() throws { matrix = try Tensor((0..<6).map(Double.init), shape: [2, 3]) }

    @Test func newShapes() throws {
        let tall = try matrix.reshaped([3, -1])
        #expect(try tall.shape == [3, 2] && tall.reals() == [0, 1, 2, 3, 4, 5])
        #expect(try matrix.transposed().flattened().reals() == [0, 3, 1, 4, 2, 5])
        #expect(try Tensor.zeros([2, 3, 4]).flattened(from: 1).shape == [2, 12])
        #expect(try matrix.transposed().reals() == [0, 3, 1, 4, 2, 5])
        let cube = try matrix.reshaped([1, 2, 3])
        #expect(try cube.transposed(0, 2).shape == [3, 2, 1])
        let permuted = try cube.permuted([2, 0, 1])
        #expect(try permuted.shape == [3, 1, 2] && permuted.reals() == [0, 3, 1, 4, 2, 5])
        #expect(try cube.squeezed(0).shape == [2, 3] && cube.squeezed(1).shape == [1, 2, 3])
        #expect(try matrix.unsqueezed(1).shape == [2, 1, 3] && matrix.unsqueezed(-1).shape == [2, 3, 1])
    }

    @Test func expansionRepeatsWithoutCopying() throws {
        let row = try Tensor([1.0, 2], shape: [1, 2])
        let expanded = try row.expanded([3, -1])
        #expect(try expanded.reals() == [1, 2, 1, 2, 1, 2] && expanded.stride(0) == 0)
    }

    @Test func partsAreViews() throws {
        #expect(try matrix.sliced(1..<3, dimension: 1).reals() == [1, 2, 4, 5])
        #expect(try matrix.sliced(1..<2).shape == [1, 3])
        #expect(try matrix.selected(2, dimension: 1).reals() == [2, 5] && matrix.selected(-1).reals() == [3, 4, 5])
        #expect(try matrix[1].reals() == [3, 4, 5] && matrix[0][2].item() == 2)
        let copy = try matrix.cloned()
        try copy[0].fill(9)
        #expect(try copy.reals() == [9, 9, 9, 3, 4, 5])
        #expect(throws: TorchError.self) { try matrix[2] }
    }

    @Test func puttingTogether() throws {
        let row = try Tensor([7.0, 8, 9])
        #expect(try Tensor.concatenated([matrix, row.unsqueezed(0)]).reals() == [0, 1, 2, 3, 4, 5, 7, 8, 9])
        #expect(
            try Tensor.concatenated([matrix, matrix], dimension: 1).reals() == [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5])
        #expect(try Tensor.stacked([row, row]).shape == [2, 3])
        #expect(try Tensor.stacked([row, -row], dimension: 1).reals() == [7, -7, 8, -8, 9, -9])
    }

    @Test func pickingByIndex() throws {
        #expect(try matrix.rows(Tensor([1, 0, 1])).reals() == [3, 4, 5, 0, 1, 2, 3, 4, 5])
        #expect(try matrix.rows(Tensor([2]), dimension: 1).reals() == [2, 5])
        #expect(try matrix.gathered(Tensor([2, 0], shape: [2, 1]), dimension: 1).reals() == [2, 3])
    }

    @Test func puttingByIndex() throws {
        let indices = try Tensor([2, 2], shape: [2, 1])
        let source = try Tensor([10.0, 20], shape: [2, 1])
        #expect(try matrix.scattering(source, at: indices, dimension: 1).reals() == [0, 1, 10, 3, 4, 20])
        #expect(try matrix.scatterAdding(source, at: indices, dimension: 1).reals() == [0, 1, 12, 3, 4, 25])
        let twice = try Tensor([0.0, 0]).scatterAdding(Tensor([1.0, 2, 4]), at: Tensor([1, 0, 1]), dimension: 0)
        #expect(try twice.reals() == [2, 5])
        #expect(try matrix.reals() == [0, 1, 2, 3, 4, 5])
    }

    @Test func flipping() throws {
        #expect(try matrix.flipped([1]).reals() == [2, 1, 0, 5, 4, 3])
        #expect(try matrix.flipped([0, 1]).reals() == [5, 4, 3, 2, 1, 0])
    }
}
