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
///
/// An evaluation that goes through the classes in pieces, without logits [B, C], needs to know: ``similarity``,
/// ``subcenters`` (a maximum within each class), ``scale``, ``others`` and ``negatives`` (``Negatives/nearest(_:)``
/// needs two passes, the others one), ``gradient``, the ``Objective/kind`` with its bias, and ``virtualClass``. In
/// presets η is `nil`, an ``AdditiveCosineMargin``, ``SubtractiveAngularMargin``, ``ShrunkenAngleMargin``,
/// ``SimilarityAdjustment`` or ``CurricularMargin``, or one ``ComposedMargin`` of two of these.
/// Everything else comes before the classes or after them: ``target`` is a function of the target cosines [B] alone,
/// ``sampling`` chooses rows of weights, ``statistics`` and amounts are numbers per sample or class, penalties and
/// ``regularizer`` are terms of their own.
public struct Head: Sendable {
    public var similarity: Similarity
    /// How many directions each class has, of which the nearest counts; `nil` for one, with weights [C, D] instead
    /// of [C, K, D].
    public var subcenters: Int?
    /// ρ.
    public var scale: Scale
    /// ψ, on the angle to a sample's own class; `nil` is cos θ.
    public var target: (any Margin)?
    /// η, on the angles to all other classes; `nil` is cos θ.
    public var others: (any Margin)?
    /// Which of the other classes η applies to.
    public var negatives: Negatives
    public var gradient: MarginGradient
    public var objective: any Objective
    public var virtualClass: VirtualClass?
    /// Compares with part of the classes; `nil` with all.
    public var sampling: ClassSampling?
    /// What is remembered from step to step.
    public var statistics: [HeadStatistic]
    public var weightConvention: WeightConvention
    /// ω_y of each sample's own class, beside its sample weight; `nil` for 1.
    public var classWeights: ClassWeights?
    /// What the mean of the samples' losses is multiplied by; penalties have weights of their own.
    public var lossWeight: Double
    /// What is asked of the features' norms.
    public var magnitudePenalty: MagnitudePenalty?
    /// What is asked of the weights, and its weight.
    public var regularizer: WeightedRegularizer?
    /// What fresh class weights are drawn from.
    public var initialization: WeightInitialization
    /// P, the probability that a sample may leave on classes other than its own without their gradient being computed;
    /// 0 for none. In a softmax Σ p_j over them, one question per class n Σ σ(z_j).
    ///
    /// Late in training that is true of most samples, and the streaming evaluation then spares two of its three
    /// products of matrices. Losses stay what they are, and so does what samples do to their own classes. Of the rest,
    /// with the mean over B samples, at most P ρ/(B ‖x‖) is missing from the gradient of a feature, and
    /// P ρ/(B ‖w‖) for each such sample from that of the weights.
    public var negligible = 0.0

    public init(
        similarity: Similarity = .cosine, subcenters: Int? = nil, scale: Scale, target: (any Margin)? = nil,
        others: (any Margin)? = nil, negatives: Negatives = .all, gradient: MarginGradient = .full,
        objective: any Objective = SoftmaxCrossEntropy(), virtualClass: VirtualClass? = nil,
        sampling: ClassSampling? = nil, statistics: [HeadStatistic] = [],
        weightConvention: WeightConvention = .differentiated, classWeights: ClassWeights? = nil, lossWeight: Double = 1,
        magnitudePenalty: MagnitudePenalty? = nil, regularizer: WeightedRegularizer? = nil,
        initialization: WeightInitialization = .xavierNormal
    ) {
        self.similarity = similarity
        self.subcenters = subcenters
        self.scale = scale
        self.target = target
        self.others = others
        self.negatives = negatives
        self.gradient = gradient
        self.objective = objective
        self.virtualClass = virtualClass
        self.sampling = sampling
        self.statistics = statistics
        self.weightConvention = weightConvention
        self.classWeights = classWeights
        self.lossWeight = lossWeight
        self.magnitudePenalty = magnitudePenalty
        self.regularizer = regularizer
        self.initialization = initialization
    }

    /// The same head with its margins `factor` times as large, from 0 (none) to 1 (all of it) and beyond:
    /// what a warm-up sets step by step, and, with 0, the loss to be watched in validation.
    public func withMargin(scaledBy factor: Double) -> Head {
        var head = self
        head.target = target?.scaled(by: factor)
        head.others = others?.scaled(by: factor)
        head.negatives = negatives.scaled(by: factor)
        return head
    }

    /// The state before the first step.
    public var initialState: HeadState { HeadState(statistics) }

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
    ///   - weights: [C, D]; with sub-centres [C, K, D], with one class [1, D]. A contrastive objective compares
    ///     features with these rows, as many as there are features.
    ///   - bias: [1] or [C] as ``Objective/bias`` says, else `nil`.
    ///   - labels: [B], whole numbers from 0 to C − 1, or 0 and 1 with one class; for a contrastive objective
    ///     0 to B − 1.
    ///   - sampleWeights: [B], what each sample's loss is multiplied by; the mean still divides by B, or by the sum that
    ///     ``ClassWeights`` says.
    ///   - state: what the head remembers; `nil` for the ``initialState``.
    ///   - updatingState: whether this batch counts: it moves the statistics before its margins are read, and
    ///     ``HeadOutput/state`` is ready for the next one. Otherwise the state is used as it is.
    ///   - path: how to compute. Without logits in memory, ``HeadOutput/logits`` and
    ///     ``HeadOutput/similarities`` are `nil`.
    ///   - classGradients: takes the gradient of the weights row by row, during this call where gradients are recorded;
    ///     the backward pass then gives the others alone, once, and from a multiple of 1 of ``HeadOutput/loss``. For what
    ///     ``canHandOverClassGradients`` says.
    /// - Throws: ``HeadError`` for arguments that do not fit together, labels out of range, entries
    ///   too large (beyond 1e15 for cosines, or logits beyond a quarter of the type's largest number), and axes that
    ///   cannot be combined; ``HeadError/notStreamed`` where gradients are to be handed over and these numbers do not
    ///   allow it. A sink has taken nothing when this throws.
    public func evaluate(
        features: Tensor, weights: Tensor, bias: Tensor? = nil, labels: Tensor, sampleWeights: Tensor? = nil,
        state: HeadState? = nil, updatingState: Bool = false, path: EvaluationPath = .automatic,
        classGradients: (any ClassGradientSink)? = nil
    ) throws -> HeadOutput {
        try checkCombination()
        let state = state ?? initialState
        let input = try HeadInput(
            head: self, features: features, weights: classGradients == nil ? weights : weights.detached(), bias: bias,
            labels: labels, sampleWeights: sampleWeights, state: state, sink: classGradients)
        if let classGradients {
            guard canHandOverClassGradients else { throw HeadError.notStreamed }
            let sink = try input.classes.map {
                SampledClassSink(try $0.elements(as: Int64.self).map(Int.init), classGradients)
            }
            let streamed = StreamedEvaluation(
                head: self, input: input, state: state, updatesState: updatingState, sink: sink ?? classGradients)
            guard let output = try streamed?.output() else { throw HeadError.notStreamed }
            return output
        }
        let isLarge = input.batchSize * input.comparedWeights.size(0) >= EvaluationPath.worthStreaming
        if path == .streaming || path == .automatic && isLarge {
            let streamed = StreamedEvaluation(head: self, input: input, state: state, updatesState: updatingState)
            if let output = try streamed?.output() { return output }
            if path == .streaming { throw HeadError.notStreamed }
        }
        return try PlainEvaluation(head: self, input: input, state: state, updatesState: updatingState).output()
    }

    /// Whether a ``ClassGradientSink`` can be served, on the CPU in float32: the streaming path must know the head, and
    /// nothing else may ask for a gradient of the weights.
    public var canHandOverClassGradients: Bool { streamedSummand != nil && regularizer == nil }

    /// The loss of pairs, for a contrastive objective: row i of one matrix belongs to row i of the other.
    ///
    /// ```swift
    /// let mama = try HeadPreset.mama.head(["mu": 0.1])
    /// let output = try mama.evaluate(pairing: video, with: text, sampleWeights: weights)
    /// ```
    ///
    /// - Parameters:
    ///   - first: [B, D], such as videos.
    ///   - second: [B, D], such as texts.
    ///   - sampleWeights: [B], what each pair's loss is multiplied by.
    public func evaluate(pairing first: Tensor, with second: Tensor, sampleWeights: Tensor? = nil) throws -> HeadOutput
    {
        let count = first.rank > 0 ? first.size(0) : 0
        return try evaluate(
            features: first, weights: second, labels: Tensor(Array(0..<count)), sampleWeights: sampleWeights)
    }

    /// cos θ, or x·w where that is the similarity, of every feature [B, D] to every class, without margin and scale:
    /// [B, C].
    public func similarities(features: Tensor, weights: Tensor) throws -> Tensor {
        let type = HeadInput.computedType(features, weights)
        return try similarity.matrix(
            features: features.to(type), weights: weights.to(type), convention: weightConvention
        ).similarities
    }
}

/// A regulariser in a head.
public struct WeightedRegularizer: Sendable, Hashable {
    public var regularizer: Regularizer
    public var weight: Double

    public init(_ regularizer: Regularizer, weight: Double) {
        self.regularizer = regularizer
        self.weight = weight
    }
}
