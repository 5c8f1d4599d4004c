extension Tensor {
    private static let matmulOperator = Operator("aten::matmul")

    /// The matrix product; leading dimensions are batches and broadcast.
    public func matmul(_ other: Tensor) throws -> Tensor { try Tensor.matmulOperator(self, other) }
}
