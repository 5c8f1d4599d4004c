import Testing
import Torch

@Suite struct LinearAlgebraTests {
    @Test func productsOfVectorsAndMatrices() throws {
        let matrix = try Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3])
        let vector = try Tensor([1.0, 0, -1])
        #expect(try matrix.matmul(vector).reals() == [-2, -2])
        #expect(try vector.matmul(vector).item() == 2)
        #expect(try matrix.matmul(matrix.transposed()).reals() == [14, 32, 32, 77])
    }

    @Test func leadingDimensionsAreBatches() throws {
        let batch = try Tensor([1.0, 0, 0, 1, 0, 2, 2, 0], shape: [2, 2, 2])
        let column = try Tensor([3.0, 4], shape: [2, 1])
        let product = try batch.matmul(column)
        #expect(product.shape == [2, 2, 1])
        #expect(try product.reals() == [3, 4, 8, 6])
    }
}
