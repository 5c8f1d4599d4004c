import Testing
import Torch

@Suite struct OperatorTests {
    @Test func arithmeticBroadcasts() throws {
        let matrix = try Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3])
        let row = try Tensor([10.0, 20, 30])
        #expect(try (matrix + row).reals() == [11, 22, 33, 14, 25, 36])
        #expect(try (2 * matrix - 1).reals() == [1, 3, 5, 7, 9, 11])
        #expect(try (1 / row).reals() == [0.1, 0.05, 1.0 / 30])
        #expect(try (-(row / 10)).reals() == [-1, -2, -3])
        #expect(try (5 - row).reals() == [-5, -15, -25])
    }

    @Test func matrixProduct() throws {
        let a = try Tensor([1.0, 2, 3, 4], shape: [2, 2])
        let b = try Tensor([5.0, 6, 7, 8], shape: [2, 2])
        #expect(try a.matmul(b).reals() == [19, 22, 43, 50])
        #expect(try a.matmul(b.transposed()).reals() == [17, 23, 39, 53])
    }

    @Test func errorsNameTheOperatorAndTheShapes() throws {
        let a = try Tensor.zeros([2, 3])
        let b = try Tensor.zeros([4, 5])
        let error = #expect(throws: TorchError.self) { try a.matmul(b) }
        #expect(error?.operation == "aten::matmul")
        #expect(error?.arguments == ["float32 [2, 3]", "float32 [4, 5]"])
        #expect(error?.description.contains("2x3 and 4x5") == true)
    }

    @Test func anErrorLeavesNothingBehind() throws {
        let a = try Tensor.ones([2, 3])
        for _ in 0..<3 {
            #expect(throws: TorchError.self) { try a.reshaped([7]) }
        }
        #expect(try a.reshaped([3, 2]).sum().item() == 6)
    }

    @Test func aMissingOperatorFailsWhenCalled() throws {
        let missing = Operator("aten::no_such_operator")
        #expect(!missing.isAvailable)
        #expect(throws: TorchError.self) { try missing(Tensor.ones([1])) }
        #expect(try Tensor.ones([2]).sum().item() == 2)
    }

    @Test func argumentsAreCheckedAgainstTheSchema() throws {
        let softmax = Operator("aten::softmax.int")
        let error = #expect(throws: TorchError.self) { try softmax(Tensor.ones([2]), "last") }
        #expect(error?.reason.contains("argument 2 (dim) must be an integer") == true)
        let tooMany = #expect(throws: TorchError.self) { try Operator("aten::neg")(Tensor.ones([1]), 1, 2) }
        #expect(tooMany?.reason.contains("takes 1 arguments, not 3") == true)
    }

    @Test func integersServeAsRealNumbers() throws {
        let result = try Operator("aten::dropout")(Tensor.ones([4]), 0, false)
        #expect(try result.sum().item() == 4)
    }

    @Test func listsWithGapsIndex() throws {
        let matrix = try Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3])
        let column = try Operator("aten::index.Tensor")(matrix, [nil, try Tensor([Int64(2)])] as [Tensor?])
        #expect(try column.reals() == [3, 6])
        let row = try Operator("aten::index.Tensor")(matrix, [try Tensor([Int64(1)])])
        #expect(try row.reals() == [4, 5, 6])
    }

    @Test func severalResults() throws {
        let (values, indices) = try Tensor([3.0, 9, 1, 7]).top(2)
        #expect(try values.reals() == [9, 7])
        #expect(try indices.elements(as: Int.self) == [1, 3])
    }

    @Test func softplusHasNoJump() throws {
        for x in [-800.0, -1, 0, 19.999, 20.001, 39.9, 40.1, 800] {
            let expected = max(x, 0) + log1p(exp(-abs(x)))
            let value = try Tensor([x]).softplus().item()
            #expect(abs(value - expected) <= 1e-15 * max(1, abs(expected)))
        }
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
