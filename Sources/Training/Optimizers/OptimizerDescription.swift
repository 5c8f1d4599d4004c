import Torch

/// An optimiser with its settings, as recipes name it.
public enum OptimizerDescription: Sendable, Codable, Hashable {
    case sgd(momentum: Double, nesterov: Bool)
    case adamW(beta1: Double, beta2: Double)

    /// How many numbers it keeps of each weight.
    public var stateCount: Int {
        switch self {
        case .sgd(let momentum, _): momentum > 0 ? 1 : 0
        case .adamW: 2
        }
    }

    /// The optimiser for these parameters.
    public func optimizer(_ groups: [ParameterGroup]) -> any Optimizer {
        switch self {
        case .sgd(let momentum, let nesterov): SGD(groups, momentum: momentum, nesterov: nesterov)
        case .adamW(let beta1, let beta2): AdamW(groups, beta1: beta1, beta2: beta2)
        }
    }
}
