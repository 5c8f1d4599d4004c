// What networks are made of. Weights have libtorch's layout: [out, in, height, width] and [out, in].

extension Tensor {
    private static let linearOperator = Operator("aten::linear")
    private static let convolutionOperator = Operator("aten::conv2d")
    private static let reluOperator = Operator("aten::relu")
    private static let preluOperator = Operator("aten::prelu")
    private static let batchNormOperator = Operator("aten::batch_norm")
    private static let maxPoolOperator = Operator("aten::max_pool2d")
    private static let averagePoolOperator = Operator("aten::adaptive_avg_pool2d")

    /// x · weightᵀ + bias
    public func linear(_ weight: Tensor, bias: Tensor?) throws -> Tensor {
        try Tensor.linearOperator(self, weight, bias)
    }

    /// The cross-correlation of [N, C, H, W] with `weight`, zeros outside.
    public func convolution(
        _ weight: Tensor, bias: Tensor?, stride: Int = 1, padding: Int = 0, groups: Int = 1
    ) throws -> Tensor {
        try Tensor.convolutionOperator(
            self, weight, bias, [stride, stride], [padding, padding], [1, 1], groups)
    }

    /// max(x, 0)
    public func relu() throws -> Tensor { try Tensor.reluOperator(self) }

    /// x where it is positive, slope · x elsewhere; one slope per channel (dimension 1), or one for all.
    public func prelu(_ slope: Tensor) throws -> Tensor { try Tensor.preluOperator(self, slope) }

    /// (x − μ) / √(σ² + ε) · weight + bias, per channel. While `training`, μ and σ² are the batch's,
    /// and the running ones move towards them by `momentum`, in place; else they are the running ones.
    public func batchNormalized(
        weight: Tensor?, bias: Tensor?, runningMean: Tensor?, runningVariance: Tensor?,
        training: Bool, momentum: Double = 0.1, epsilon: Double = 1e-5
    ) throws -> Tensor {
        try Tensor.batchNormOperator(
            self, weight, bias, runningMean, runningVariance, training, momentum, epsilon, true)
    }

    public func maxPooled(_ size: Int, stride: Int? = nil, padding: Int = 0) throws -> Tensor {
        try Tensor.maxPoolOperator(
            self, [size, size], [stride ?? size, stride ?? size], [padding, padding])
    }

    /// The mean over height and width: [N, C, H, W] to [N, C, 1, 1].
    public func averagePooled() throws -> Tensor { try Tensor.averagePoolOperator(self, [1, 1]) }
}
