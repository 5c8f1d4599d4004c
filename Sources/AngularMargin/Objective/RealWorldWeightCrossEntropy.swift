import Torch

/// ℓ = −ω_y log h_y − Σ_{k≠y} ν_k log(1 − h_k), h = softmax(z): a price for missing a class, and one for raising a false
/// alarm of it.
///
/// The categorical real-world-weight cross-entropy (Ho and Wookey, IEEE Access 2020) with prices ν_k that do not
/// depend on the class that was mistaken for k. Both logarithms are computed from the log-odds of h_k, so that they are
/// exact also where h_k rounds to 1. With C = 1 nothing can be mistaken: the loss is 0.
public struct RealWorldWeightCrossEntropy: Objective {
    /// ω, one per class, numbers from 0.
    public let missWeights: [Double]
    /// ν, one per class, numbers from 0.
    public let falsePositiveWeights: [Double]
    /// A bias per class starts at 0.
    public var bias: BiasKind

    public init(missWeights: [Double], falsePositiveWeights: [Double], bias: BiasKind = .none) {
        precondition(missWeights.count == falsePositiveWeights.count, "a class has one weight of each kind")
        precondition((missWeights + falsePositiveWeights).allSatisfy { $0 >= 0 && $0.isFinite }, "weights are from 0")
        self.missWeights = missWeights
        self.falsePositiveWeights = falsePositiveWeights
        self.bias = bias
    }

    public var kind: ObjectiveKind { .softmax }
    public var classCount: Int? { missWeights.count }

    /// A virtual class competes for h, and has no price of its own.
    public func terms(_ logits: Tensor, columns: Tensor) throws -> [Term] {
        func weights(_ values: [Double]) throws -> Tensor { try Tensor(values).to(logits.scalarType).to(logits.device) }
        let own = try columns.unsqueezed(1)
        let missed = try weights(missWeights).rows(columns)
        guard logits.size(1) > 1 else {
            let none = try logits.squeezed(1) * 0
            return [Term("missed", none), Term("false_positives", none)]
        }
        let odds = try LogOdds.of(logits)
        let priced = falsePositiveWeights.indices.filter { falsePositiveWeights[$0] > 0 }
        let terms = [Term("missed", try missed * (-odds.gathered(own, dimension: 1).squeezed(1)).softplus())]
        guard !priced.isEmpty else { return terms + [Term("false_positives", try terms[0].values * 0)] }
        let labels = try Tensor(priced).to(logits.device)
        let isOther = try .!(labels.unsqueezed(0) .== own)
        let prices = try weights(priced.map { falsePositiveWeights[$0] }) * isOther.to(logits.scalarType)
        return terms + [Term("false_positives", try (prices * odds.rows(labels, dimension: 1).softplus()).sum([1]))]
    }
}
