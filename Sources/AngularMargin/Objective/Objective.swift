import Torch

/// What is asked of a sample's logits: from a row of them to a loss.
public protocol Objective: Sendable {
    /// What is added to the logits and learned with the weights.
    var bias: BiasKind { get }

    /// The value that a bias starts with.
    ///
    /// - Parameters:
    ///   - target: the logit of a sample's own class at θ = π/2, margin included.
    ///   - other: the logit of another class at θ = π/2.
    func initialBias(target: Double, other: Double, classCount: Int) -> Double

    /// One loss per sample, [B], from logits [B, C] with bias, and labels [B].
    func losses(_ logits: Tensor, labels: Tensor) throws -> Tensor
}

/// The biases that an objective has.
public enum BiasKind: String, Sendable, CaseIterable {
    case none
    /// One number for all classes, [1].
    case shared
    /// One number per class, [C].
    case perClass

    /// `nil` where there is none.
    public func shape(classCount: Int) -> [Int]? {
        switch self {
        case .none: nil
        case .shared: [1]
        case .perClass: [classCount]
        }
    }
}
