import Testing
import Torch

/// Products by whichever way is taken, against float64.
@Suite struct ProductTests {
    private func check(_ left: Tensor, _ right: Tensor) throws {
        let found = try left.product(right)
        let expected = try left.to(.float64).matmul(right.to(.float64))
        #expect(found.shape == expected.shape && found.isContiguous && found.scalarType == .float32)
        let error: Double = try (found.to(.float64) - expected).absolute().maximum().item()
        #expect(error <= 1e-4)
    }

    /// Small ones, and ones that are worth another way, with either side transposed.
    @Test(arguments: [(3, 5, 2), (200, 128, 150), (64, 300, 257)])
    func agreesWithFloat64(rows: Int, inner: Int, columns: Int) throws {
        let generator = try Generator(seed: 3)
        let left = try Tensor.normal([rows, inner], generator: generator)
        let right = try Tensor.normal([inner, columns], generator: generator)
        try check(left, right)
        try check(left, right.transposed().contiguous().transposed())
        try check(left.transposed().contiguous().transposed(), right)
        try check(left.sliced(1..<rows), right)
    }

    @Test func recordsNoGradient() throws {
        let left = try Tensor.ones([200, 128]).requireGradient()
        #expect(try !left.product(Tensor.ones([128, 150])).requiresGradient)
    }
}
