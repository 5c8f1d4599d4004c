import Foundation
import Torch

/// λ = max(λ_min, λ_base (1 + γ·step)^(−power)): how much of the plain cosine a target still has.
///
/// A-Softmax (Liu et al., CVPR 2017; the schedule of its released training files). Needs ``HeadStatistic/step``.
public struct AnnealedWeight: AmountRule {
    public var base: Double
    public var gamma: Double
    public var power: Double
    public var minimum: Double

    public init(base: Double, gamma: Double, power: Double, minimum: Double) {
        self.base = base
        self.gamma = gamma
        self.power = power
        self.minimum = minimum
    }

    public func weight(step: Int) -> Double {
        max(minimum, base * pow(1 + gamma * Double(step), -power))
    }

    public func values(of batch: MarginBatch) throws -> Tensor {
        try .constant(weight(step: batch.state.step))
    }

    public var examples: [(name: String, value: Double)] {
        [("λ = \(HeadParameterValue.number(minimum))", minimum), ("λ = 20", 20), ("λ = 0", 0)]
    }
}
