// Sums, means, extremes and norms, over all elements or along dimensions.

extension Tensor {
    private static let sumOperator = Operator("aten::sum")
    private static let sumDimensionsOperator = Operator("aten::sum.dim_IntList")
    private static let meanOperator = Operator("aten::mean")
    private static let meanDimensionsOperator = Operator("aten::mean.dim")
    private static let varianceOperator = Operator("aten::var.correction")
    private static let maximumOperator = Operator("aten::max")
    private static let minimumOperator = Operator("aten::min")
    private static let largestOperator = Operator("aten::amax")
    private static let argumentOfLargestOperator = Operator("aten::argmax")
    private static let normOperator = Operator("aten::linalg_vector_norm")
    private static let logSumExpOperator = Operator("aten::logsumexp")
    private static let logSoftmaxOperator = Operator("aten::log_softmax.int")
    private static let topOperator = Operator("aten::topk")

    public func sum() throws -> Tensor { try Tensor.sumOperator(self) }
    public func sum(_ dimensions: [Int], keeping: Bool = false) throws -> Tensor {
        try Tensor.sumDimensionsOperator(self, dimensions, keeping)
    }

    public func mean() throws -> Tensor { try Tensor.meanOperator(self) }
    public func mean(_ dimensions: [Int], keeping: Bool = false) throws -> Tensor {
        try Tensor.meanDimensionsOperator(self, dimensions, keeping)
    }

    /// The variance along dimensions; `correction` 1 is the unbiased estimate, 0 the population's.
    public func variance(_ dimensions: [Int], correction: Double = 1, keeping: Bool = false) throws -> Tensor {
        try Tensor.varianceOperator(self, dimensions, correction, keeping)
    }

    /// The largest element.
    public func maximum() throws -> Tensor { try Tensor.maximumOperator(self) }
    /// The smallest element.
    public func minimum() throws -> Tensor { try Tensor.minimumOperator(self) }
    /// The largest elements along dimensions.
    public func maximum(_ dimensions: [Int], keeping: Bool = false) throws -> Tensor {
        try Tensor.largestOperator(self, dimensions, keeping)
    }
    /// Where along a dimension the largest element is.
    public func argumentOfMaximum(_ dimension: Int) throws -> Tensor {
        try Tensor.argumentOfLargestOperator(self, dimension)
    }

    /// Euclidean norms along dimensions.
    public func norm(_ dimensions: [Int], keeping: Bool = false) throws -> Tensor {
        try Tensor.normOperator(self, 2.0, dimensions, keeping)
    }

    /// log Σ eˣ along dimensions, without overflow.
    public func logSumExp(_ dimensions: [Int], keeping: Bool = false) throws -> Tensor {
        try Tensor.logSumExpOperator(self, dimensions, keeping)
    }

    /// x − log Σ eˣ along a dimension.
    public func logSoftmax(_ dimension: Int) throws -> Tensor {
        try Tensor.logSoftmaxOperator(self, dimension)
    }

    /// The `count` largest elements of the last dimension, in falling order, and where they are.
    public func top(_ count: Int) throws -> (values: Tensor, indices: Tensor) {
        let results = try Tensor.topOperator.tensors(self, count)
        return (results[0], results[1])
    }
}
