import CKernels

extension Tensor {
    private static let product = Operator("aten::mm")
    private static let linear = Operator("mkldnn::_linear_pointwise")

    /// Whether oneDNN multiplies faster than what `mm` calls.
    ///
    /// libtorch's `mm` goes to MKL, which keeps to 256-bit vectors on processors that Intel did not make; oneDNN takes
    /// what there is: 95 and 213 GFLOP/s on a core of AMD's Zen 5. Where there are no wider vectors, or no oneDNN,
    /// nothing is gained.
    private static let prefersOneDNN = linear.isAvailable && ck_best_instructions() == ck_instructions_avx512
    /// Multiplications below which the way to oneDNN takes longer than what it saves.
    private static let worthOneDNN = 1 << 21

    /// The product of matrices [m, k] and [k, n], without a gradient, by the fastest way that libtorch has for
    /// float32 on this processor. Either may be a transposed view.
    ///
    /// - Returns: [m, n], contiguous.
    public func product(_ other: Tensor) throws -> Tensor {
        let count = size(0) * size(1) * other.size(1)
        guard Tensor.prefersOneDNN, count >= Tensor.worthOneDNN, device == .cpu, scalarType == .float32 else {
            return try withoutGradients { try Tensor.product(self, other) }
        }
        return try withoutGradients {
            try Tensor.linear(self, other.transposed(), Tensor?.none, "none", [Double](), "")
        }
    }
}
