import Torch

/// ℓ = −log( e^{z_y} / Σ_j e^{z_j} ): one class out of C.
public struct SoftmaxCrossEntropy: Objective {
    /// A bias per class starts at 0.
    public var bias: BiasKind

    public init(bias: BiasKind = .none) { self.bias = bias }

    public var kind: ObjectiveKind { .softmax }

    public func terms(_ logits: Tensor, columns: Tensor) throws -> [Term] {
        let own = try logits.logSoftmax(1).gathered(columns.unsqueezed(1), dimension: 1)
        return [Term("cross_entropy", try -own.squeezed(1))]
    }
}
