import Foundation

/// A sample's loss from the sum over its other classes, and its slopes.
struct SampleLoss {
    let value: Double
    /// ∂ℓ/∂ of the sum over the other classes, or of its logarithm.
    let bySum: Double
    /// ∂ℓ/∂z of the own class.
    let byLogit: Double
    /// ∂ℓ/∂ of the virtual class's logit.
    let byVirtual: Double

    /// ℓ = log(1 + e^(R − z)), with R the logarithm of the sum of e^z over the other classes and the virtual one.
    static func softmax(logarithmOfSum sum: Double, logit: Double, virtual: Double?) -> SampleLoss {
        var (rivals, share) = (sum, 1.0)
        if let virtual {
            let top = max(sum, virtual)
            rivals = top + log(exp(sum - top) + exp(virtual - top))
            share = sigmoid(sum - virtual)
        }
        let slope = sigmoid(rivals - logit)
        return SampleLoss(
            value: softplus(rivals - logit), bySum: slope * share, byLogit: -slope,
            byVirtual: virtual == nil ? 0 : slope * (1 - share))
    }

    /// ℓ = n Σ log(1 + e^z) over the other classes + p log(1 + e^(−z)) of the own one.
    static func oneVersusAll(_ objective: OneVersusAll, sum: Double, logit: Double) -> SampleLoss {
        SampleLoss(
            value: objective.negativeWeight * sum + objective.positiveWeight * softplus(-logit),
            bySum: objective.negativeWeight, byLogit: -objective.positiveWeight * sigmoid(-logit), byVirtual: 0)
    }

    private static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

    private static func sigmoid(_ x: Double) -> Double {
        x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))
    }
}
