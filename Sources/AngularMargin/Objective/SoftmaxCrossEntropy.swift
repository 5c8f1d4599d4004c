import Torch

/// ℓ = −log( e^{z_y} / Σ_j e^{z_j} ): one class out of C.
public struct SoftmaxCrossEntropy: Objective {
    /// A bias per class starts at 0.
    public var bias: BiasKind

    public init(bias: BiasKind = .none) { self.bias = bias }

    public func initialBias(target: Double, other: Double, classCount: Int) -> Double { 0 }

    public func losses(_ logits: Tensor, labels: Tensor) throws -> Tensor {
        try -logits.logSoftmax(1).gathered(labels.unsqueezed(1), dimension: 1).squeezed(1)
    }
}
