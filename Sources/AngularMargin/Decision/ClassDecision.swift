import Torch

/// How a trained head tells classes apart: its logits without margins.
///
///     z_j = ρ s(x, w_j) + b_j
///
/// with the similarity s and the scale ρ of the head. The class with the largest logit is the decision, and
/// softmax(z/T) with a temperature T that was fitted on other samples gives probabilities. With an objective of one
/// class, z is ρ(cos θ − t) for members and 0 for all others, t halfway between the two cosines asked for.
public struct ClassDecision: Sendable, Hashable, Codable {
    public var similarity: Similarity
    /// What similarities are multiplied by.
    public var scale: DecisionScale
    /// With an objective of one class: what a member is told by.
    public var member: Member?

    /// The one class of an objective that has but one.
    public struct Member: Sendable, Hashable, Codable {
        /// t, the cosine from which on a sample is a member.
        public var cosine: Double
        /// The label of members, 0 or 1.
        public var label: Int

        public init(cosine: Double, label: Int) {
            self.cosine = cosine
            self.label = label
        }
    }

    public init(similarity: Similarity, scale: DecisionScale, member: Member? = nil) {
        self.similarity = similarity
        self.scale = scale
        self.member = member
    }

    /// The logits of features [N, D], which is [N, C].
    ///
    /// - Parameters:
    ///   - weights: [C, D]; with sub-centres [C, K, D], with one class [1, D].
    ///   - bias: [C], what is added to the logits.
    public func logits(features: Tensor, weights: Tensor, bias: Tensor? = nil) throws -> Tensor {
        let compared = try similarity.matrix(features: features, weights: weights, convention: .differentiated)
        var similarities = compared.similarities
        if let member { similarities = try similarities - member.cosine }
        let scaled: Tensor
        switch scale {
        case .constant(let scale):
            scaled = try similarities * scale
        case .featureNorm:
            scaled = try similarities * (compared.norms ?? features.norm([-1], keeping: true))
        }
        guard let member else { return try bias.map { try scaled + $0 } ?? scaled }
        let others = try scaled.zerosLike()
        return try Tensor.concatenated(member.label == 0 ? [scaled, others] : [others, scaled], dimension: 1)
    }
}

/// ρ where no loss is computed: pulls on the norms have done their work.
public enum DecisionScale: Sendable, Hashable {
    case constant(Double)
    /// ρ = ‖x‖.
    case featureNorm
}

extension Head {
    /// How this head tells classes apart; `nil` for a contrastive objective, which has none.
    public var decision: ClassDecision? {
        if objective.kind == .contrastive { return nil }
        let scale: DecisionScale =
            switch scale {
            case .constant(let scale): .constant(scale)
            case .featureNorm, .pulledNorm: .featureNorm
            }
        guard let objective = objective as? OneClass else { return ClassDecision(similarity: similarity, scale: scale) }
        return ClassDecision(
            similarity: similarity, scale: .constant(objective.scale),
            member: .init(cosine: objective.decisionCosine, label: objective.memberLabel))
    }
}

extension MarginHead {
    /// What is added to the logits of each class, [C]; `nil` where a bias is none or the same for all, which decides
    /// nothing.
    public var decisionBias: Tensor? {
        get throws {
            guard let bias, head.objective.bias == .perClass else { return nil }
            return try withoutGradients { head.objective.subtractsBias ? try -bias : try bias.detached() }
        }
    }
}
