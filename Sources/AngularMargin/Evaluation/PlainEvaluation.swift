import Torch

/// A head computed as its definition reads, keeping all similarities and logits [B, C].
///
/// Every other way of evaluation is measured by this one. The graph is autograd's, but for margins.
struct PlainEvaluation {
    private let head: Head
    private let input: HeadInput
    /// [B, C] of the classes compared.
    private let similarities: Tensor
    /// Columns of the own classes, [B, 1]; with one class, that one.
    private let columns: Tensor
    /// Similarities to the own class, [B, 1].
    private let own: Tensor
    private let amounts: AmountReader
    private let nextState: HeadState

    init(head: Head, input: HeadInput, state: HeadState, updatesState: Bool) throws {
        self.head = head
        self.input = input
        let compared = try head.similarity.matrix(
            features: input.features, weights: input.comparedWeights, convention: head.weightConvention)
        similarities = compared.similarities
        let ownColumns = try input.columns.unsqueezed(1)
        columns = head.objective.kind == .oneClass ? try ownColumns.zerosLike() : ownColumns
        own = try similarities.gathered(columns, dimension: 1)
        let norms = try compared.norms ?? Directions(of: input.features, name: "features", limit: nil).norms
        let used =
            updatesState
            ? try state.updated(by: head.statistics, norms: norms, targetCosines: own.detached()) : state
        nextState = updatesState ? used.advanced : used
        amounts = AmountReader(
            input: input, batch: MarginBatch(norms: norms, targetCosines: try own.detached(), state: used))
    }

    func output() throws -> HeadOutput {
        let scaled = try head.scale.apply(to: margined(), norms: amounts.batch.norms)
        let logits = try withBias(scaled)
        try checkRange(logits)
        let virtual = try virtualLogits()
        if let virtual { try checkRange(virtual) }
        let compared = try virtual.map { try Tensor.concatenated([logits, $0], dimension: 1) } ?? logits

        let terms = try head.objective.terms(compared, columns: input.columns)
            .map { Term($0.name, try input.weighted($0.values)) }
        let losses = try terms.dropFirst().reduce(terms[0].values) { try $0 + $1.values }
        let penalties = try head.penalties(input: input, norms: amounts.batch.norms)
        let loss = try penalties.reduce(input.mean(of: losses) * head.lossWeight) { sum, penalty in
            try sum + penalty.value * penalty.weight
        }
        return try withoutGradients {
            HeadOutput(
                loss: loss, losses: losses, terms: terms, penalties: penalties, logits: logits,
                virtualLogits: try virtual?.squeezed(1), similarities: similarities, classes: input.classes,
                targetCosines: try targetCosines(), predictions: try predictions(),
                labels: input.labels, state: nextState)
        }
    }

    /// ψ at the label's column, η at the others.
    private func margined() throws -> Tensor {
        let others = try head.others.map { margin in
            try head.negatives.select(
                head.gradient.apply(margin, to: similarities, reading: amounts.forOthers),
                elsewhere: similarities, columns: columns, own: own, reading: amounts.forTargets)
        }
        // Where η is not the cosine itself, a target without margin must be put back too.
        guard head.target != nil || others != nil else { return similarities }
        let target = try head.target.map { try head.gradient.apply($0, to: own, reading: amounts.forTargets) } ?? own
        return try (others ?? similarities).scattering(target, at: columns, dimension: 1)
    }

    private func withBias(_ logits: Tensor) throws -> Tensor {
        guard let bias = input.bias else { return logits }
        return head.objective.subtractsBias ? try logits - bias : try logits + bias
    }

    /// ‖w_y‖‖x‖, or the scale among cosines; [B, 1].
    private func virtualLogits() throws -> Tensor? {
        guard let virtualClass = head.virtualClass else { return nil }
        let norms = amounts.batch.norms
        switch head.similarity {
        case .cosine:
            return try head.scale.apply(to: norms.onesLike().detached(), norms: norms)
        case .innerProduct:
            let lengths = try Directions(of: input.weights.rows(input.labels), name: "weights", limit: nil).norms
            let constant = virtualClass == .detached ? try lengths.detached() : lengths
            return try head.scale.apply(to: constant * norms, norms: norms)
        }
    }

    /// A quarter of the largest number leaves room for differences of logits and their sums.
    private func checkRange(_ logits: Tensor) throws {
        let largest: Double =
            logits.scalarType == .float64 ? .greatestFiniteMagnitude : Double(Float.greatestFiniteMagnitude)
        let limit = largest / 4
        let rows = try logits.detached().absolute().maximum([1])
        guard try !(rows .<= limit).all() else { return }
        let row = try rows.reals().firstIndex { !($0 <= limit) }
        throw HeadError.logitOutOfRange(row: row ?? 0, limit: limit)
    }

    private func targetCosines() throws -> Tensor {
        guard head.similarity == .innerProduct else { return try own.squeezed(1) }
        let weights = try Directions(of: input.weights.rows(input.labels), name: "weights", limit: nil).rows
        return try (Directions(of: input.features, name: "features", limit: nil).rows * weights).sum([1])
    }

    /// Only a bias per class can change which class is nearest.
    private func predictions() throws -> Tensor {
        if let found = try head.objective.predictions(similarities) { return found }
        let decided =
            head.objective.bias == .perClass
            ? try withBias(head.scale.apply(to: similarities, norms: amounts.batch.norms)) : similarities
        let nearest = try decided.argumentOfMaximum(1)
        return try input.classes?.rows(nearest) ?? nearest
    }
}

extension Head {
    /// What is added to the samples' losses, by whatever way those are computed.
    ///
    /// - Parameter norms: those of the features, [B, 1].
    func penalties(input: HeadInput, norms: @autoclosure () throws -> Tensor) throws -> [Penalty] {
        var scalePenalty: Penalty?
        if case .pulledNorm = scale { scalePenalty = try scale.penalty(norms: norms()) }
        return try [
            scalePenalty,
            magnitudePenalty.map { try $0.penalty(norms: norms()) },
            regularizer.map {
                Penalty(
                    name: $0.regularizer.rawValue,
                    value: try $0.regularizer.value(weights: input.weights, labels: input.labels), weight: $0.weight)
            },
        ].compactMap { $0 }
    }
}
