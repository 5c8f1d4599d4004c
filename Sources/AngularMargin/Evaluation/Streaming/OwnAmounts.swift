import Torch

/// The amounts of the margins on samples' own classes, as numbers.
struct OwnAmounts {
    let input: HeadInput
    let samples: StreamedSamples
    let state: HeadState
    /// Whether amounts that gradients flow back to are refused.
    let refusesLearned: Bool

    /// - Throws: ``ClassStream/NotServed`` for an amount that is learned.
    func numbers(_ source: MarginAmount.Source) throws -> NumberColumn {
        switch source {
        case .constant(let value): return NumberColumn([value])
        case .perClass(let values):
            guard values.count == input.classCount else {
                throw HeadError.amountCount(found: values.count, classCount: input.classCount)
            }
            return NumberColumn(try input.labels.elements(as: Int64.self).map { values[Int($0)] })
        case .perClassTensor(let values), .perSample(let values):
            if refusesLearned, values.requiresGradient { throw ClassStream.NotServed() }
            return NumberColumn(try reader(norms: norms()).forTargets(source).detached().reals())
        case .rule(let rule):
            // Apart from the norms, which a rule may read, nothing of it may be learned.
            let values = try rule.values(of: batch(norms: norms()))
            if refusesLearned, values.requiresGradient { throw ClassStream.NotServed() }
            return NumberColumn(try values.detached().reals())
        }
    }

    /// ∂ψ/∂‖x‖ of each sample, through amounts that a rule reads off the norms; `nil` where there are none.
    func slopesByNorm(of margin: some Margin) throws -> [Double]? {
        try withGradients {
            let norms = try norms().requireGradient()
            let cosines = try StreamedSamples.column(samples.own).clamped(from: -1, to: 1)
            var readsNorms = false
            let value = try margin.value(
                at: MarginPoint(cosine: cosines) { source in
                    guard case .rule(let rule) = source else { return try reader(norms: norms).forTargets(source) }
                    let values = try rule.values(of: batch(norms: norms))
                    readsNorms = readsNorms || values.requiresGradient
                    return values
                })
            guard readsNorms else { return nil }
            return try gradient(of: value.sum(), withRespectTo: norms).reals()
        }
    }

    private func norms() throws -> Tensor { try StreamedSamples.column(samples.norms) }

    private func batch(norms: Tensor) throws -> MarginBatch {
        MarginBatch(norms: norms, targetCosines: try StreamedSamples.column(samples.own), state: state)
    }

    private func reader(norms: Tensor) throws -> AmountReader {
        AmountReader(input: input, batch: try batch(norms: norms))
    }
}
