import Torch

/// A loss on angles, as a sentence: one choice on each of a few independent axes.
///
/// With the angle θ_j of a feature x to the weights w_j of class j, and y the sample's own class, the logits are
///
///     z_y = ρ ψ(θ_y) + b,    z_j = ρ η(θ_j) + b  (j ≠ y)
///
/// and an ``Objective`` makes a loss of them. Published methods are values, of which ``HeadPreset`` keeps a
/// list:
///
/// ```swift
/// let arcFace = Head(scale: .constant(64), target: AdditiveAngularMargin(0.5))
/// let output = try arcFace.evaluate(features: x, weights: w, labels: y)
/// try output.loss.backward()
/// ```
public struct Head: Sendable {
    public var similarity: Similarity
    /// ρ.
    public var scale: Scale
    /// ψ, on the angle to a sample's own class; `nil` is cos θ.
    public var target: (any Margin)?
    /// η, on the angles to all other classes; `nil` is cos θ.
    public var others: (any Margin)?
    public var gradient: MarginGradient
    public var objective: any Objective
    public var weightConvention: WeightConvention
    /// What the mean of the samples' losses is multiplied by; penalties have weights of their own.
    public var lossWeight: Double
    /// What fresh class weights are drawn from.
    public var initialization: WeightInitialization

    public init(
        similarity: Similarity = .cosine, scale: Scale, target: (any Margin)? = nil,
        others: (any Margin)? = nil, gradient: MarginGradient = .full,
        objective: any Objective = SoftmaxCrossEntropy(),
        weightConvention: WeightConvention = .differentiated, lossWeight: Double = 1,
        initialization: WeightInitialization = .xavierNormal
    ) {
        self.similarity = similarity
        self.scale = scale
        self.target = target
        self.others = others
        self.gradient = gradient
        self.objective = objective
        self.weightConvention = weightConvention
        self.lossWeight = lossWeight
        self.initialization = initialization
    }

    /// The same head with its margins `factor` times as large, from 0 (none) to 1 (all of it) and beyond:
    /// what a warm-up sets step by step, and, with 0, the loss to be watched in validation.
    public func withMargin(scaledBy factor: Double) -> Head {
        var head = self
        head.target = target?.scaled(by: factor)
        head.others = others?.scaled(by: factor)
        return head
    }

    /// The value that the objective's bias starts with, when there are so many classes.
    public func initialBias(classCount: Int) throws -> Double {
        let point = MarginPoint<Double>(cosine: 0)
        return try objective.initialBias(
            target: scale.typical * (target?.value(at: point) ?? 0),
            other: scale.typical * (others?.value(at: point) ?? 0), classCount: classCount)
    }

    /// The loss of a batch, as a function of nothing but its arguments.
    ///
    /// - Parameters:
    ///   - features: [B, D], of any floating-point type; half types are converted to float32.
    ///   - weights: [C, D].
    ///   - bias: [1] or [C] as ``Objective/bias`` says, else `nil`.
    ///   - labels: [B], whole numbers from 0 to C − 1.
    ///   - sampleWeights: [B], what each sample's loss is multiplied by; the mean still divides by B.
    /// - Throws: ``HeadError`` for arguments that do not fit together, labels out of range, and entries
    ///   too large: beyond 1e15 for cosines, or logits beyond a quarter of the type's largest number.
    public func evaluate(
        features: Tensor, weights: Tensor, bias: Tensor? = nil, labels: Tensor, sampleWeights: Tensor? = nil
    ) throws -> HeadOutput {
        let input = try HeadInput(
            features: features, weights: weights, bias: bias, biasKind: objective.bias, labels: labels,
            sampleWeights: sampleWeights)
        return try PlainEvaluation(head: self, input: input).output()
    }

    /// cos θ, or x·w where that is the similarity, of every feature [B, D] to every class [C, D], without
    /// margin and scale: [B, C].
    public func similarities(features: Tensor, weights: Tensor) throws -> Tensor {
        let type = HeadInput.computedType(features, weights)
        let (features, weights) = try (features.to(type), weights.to(type))
        guard similarity == .cosine else { return try features.matmul(weights.transposed()) }
        return try Directions(of: features, name: "features").rows
            .matmul(weightConvention.directions(of: weights).transposed())
    }
}
