import Torch

/// ω, what a sample's loss is multiplied by, class by class: ω_y ℓ, with y the sample's own class.
///
/// Weighted cross-entropy where the objective is a softmax; any other objective that has classes is weighted alike.
///
/// ```swift
/// var head = try HeadPreset.named("softmax").head()
/// head.classWeights = try ClassWeights([1, 1, 3])
/// ```
public struct ClassWeights: Sendable {
    /// What the sum of the weighted losses is divided by.
    public enum Mean: String, Sendable, CaseIterable {
        /// B, the number of samples: (1/B) Σ ω_y ℓ. A weight is worth the same in every batch.
        case samples
        /// Σ ω_y, as `CrossEntropyLoss(weight:)` of PyTorch divides: the weighted mean, 0 where that sum is 0. Of a
        /// batch that is computed in parts, each part has a sum of its own.
        case weights
    }

    /// [C], numbers from 0; with a one-class objective one for each of the two labels. Gradients flow back to them.
    public let values: Tensor
    public let mean: Mean

    /// - Throws: ``HeadError/classWeight(label:value:)`` for one that is negative or no finite number.
    public init(_ values: Tensor, mean: Mean = .samples) throws {
        let numbers = try values.detached().reals()
        if let label = numbers.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
            throw HeadError.classWeight(label: label, value: numbers[label])
        }
        self.values = values
        self.mean = mean
    }

    public init(_ values: [Double], mean: Mean = .samples) throws {
        try self.init(Tensor(values), mean: mean)
    }
}
