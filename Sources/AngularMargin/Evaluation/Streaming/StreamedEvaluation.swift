import CKernels
import Torch

/// A head computed by going through the classes in pieces (``ClassStream``), with its gradients at once.
///
/// The own class, its margin, scale and virtual class are numbers per sample (``OwnLogits``); the other classes are one
/// number per sample too, their sum. Gradients are those of the loss as
/// ``Head/evaluate(features:weights:bias:labels:sampleWeights:state:updatingState:path:classGradients:)`` makes it: a
/// backward pass with other seeds than a multiple of its own computes them once more.
struct StreamedEvaluation {
    private let head: Head
    private let input: HeadInput
    private let summand: ClassStream.Summand
    private let state: HeadState
    private let updatesState: Bool
    private let sink: (any ClassGradientSink)?

    /// `nil` for heads, types and devices that it does not serve.
    init?(
        head: Head, input: HeadInput, state: HeadState, updatesState: Bool, sink: (any ClassGradientSink)? = nil
    ) {
        guard let summand = head.streamedSummand, input.features.device == .cpu, input.comparedWeights.device == .cpu,
            input.features.scalarType == .float32, input.comparedWeights.isContiguous
        else { return nil }
        self.head = head
        self.input = input
        self.summand = summand
        self.state = state
        self.updatesState = updatesState
        self.sink = sink
    }

    /// `nil` where the numbers are not those that it serves: the plain evaluation computes, or says what is wrong.
    func output() throws -> HeadOutput? {
        let samples = try StreamedSamples(
            features: input.features, weights: input.comparedWeights, columns: input.columns.elements(),
            similarity: head.similarity)
        guard let samples else { return nil }
        let used = updatesState ? try updatedState(samples) : state
        let computation = StreamedLoss(
            head: head, input: input, samples: samples, summand: summand, state: used, sink: sink)
        do {
            let (losses, nearest) = try computation.losses(expecting: expectedSeeds())
            return try output(
                losses: input.weighted(losses), samples: samples, nearest: nearest,
                nextState: updatesState ? used.advanced : used)
        } catch is ClassStream.NotServed {
            return nil
        }
    }

    private func updatedState(_ samples: StreamedSamples) throws -> HeadState {
        guard !head.statistics.isEmpty else { return state }
        return try state.updated(
            by: head.statistics, norms: StreamedSamples.column(samples.norms),
            targetCosines: StreamedSamples.column(samples.own))
    }

    /// ∂loss/∂ℓ of each sample, as far as it is known now: the loss is their weighted mean.
    private func expectedSeeds() throws -> [Float] {
        try input.shares().map { Float(head.lossWeight * $0) }
    }

    private func output(
        losses: Tensor, samples: StreamedSamples, nearest: [Int], nextState: HeadState
    ) throws -> HeadOutput {
        let penalties = try head.penalties(
            input: input, norms: Directions(of: input.features, name: "features", limit: nil).norms)
        let loss = try penalties.reduce(input.mean(of: losses) * head.lossWeight) { sum, penalty in
            try sum + penalty.value * penalty.weight
        }
        return try withoutGradients {
            let predictions = try Tensor(nearest)
            return HeadOutput(
                loss: loss, losses: losses, terms: [Term(summand.termName, losses)], penalties: penalties,
                logits: nil, virtualLogits: nil, similarities: nil, classes: input.classes,
                targetCosines: try Tensor(samples.targetCosines.map { Float($0) }),
                predictions: try input.classes?.rows(predictions) ?? predictions,
                labels: input.labels, state: nextState)
        }
    }
}

extension ClassStream.Summand {
    /// As the objectives call their terms.
    fileprivate var termName: String {
        switch self {
        case .exponential: "cross_entropy"
        case .logistic: "binary"
        }
    }
}

extension Head {
    /// What is summed over the other classes; `nil` for heads that need to see all logits.
    var streamedSummand: ClassStream.Summand? {
        guard subcenters == nil, case .all = negatives else { return nil }
        switch objective {
        case let softmax as SoftmaxCrossEntropy:
            return others == nil && softmax.bias != .shared ? .exponential : nil
        case is OneVersusAll:
            guard similarity == .cosine, virtualClass == nil, let function = streamedFunction else { return nil }
            // What a scale that grows with the norm adds to a gradient is Σ σ(z) η; streams have Σ σ(z) η′ cos θ, which
            // is the same for η = cos θ alone.
            if others != nil, scale.followsNorm { return nil }
            return .logistic(function)
        default:
            return nil
        }
    }

    /// η as the kernels know it.
    private var streamedFunction: ck_class_function? {
        func function(_ exponent: Double, _ offset: Double) -> ck_class_function? {
            guard exponent == exponent.rounded(), (1...20).contains(exponent) else { return nil }
            return ck_class_function(
                exponent: Int32(exponent), offset: Float(offset), has_slope: gradient != .straightThrough)
        }
        switch others {
        case nil: return function(1, 0)
        case let margin as AdditiveCosineMargin:
            return margin.amount.number.flatMap { function(1, -$0) }
        case let margin as SimilarityAdjustment:
            return function(margin.exponent, 0)
        case let margin as ComposedMargin:
            guard let first = margin.first as? SimilarityAdjustment, let second = margin.second as? AdditiveCosineMargin
            else { return nil }
            return second.amount.number.flatMap { function(first.exponent, -$0) }
        default: return nil
        }
    }
}
