import Torch

/// The samples' losses from the sums over their other classes, and what flows back.
struct StreamedLoss {
    let head: Head
    let input: HeadInput
    let samples: StreamedSamples
    let summand: ClassStream.Summand
    /// Takes the gradient of the weights compared.
    let sink: (any ClassGradientSink)?

    /// The graph between numbers per sample, [B, 1]: leaves, and what is made of them.
    private struct Leaves {
        /// Similarity to the own class, ‖x‖, ‖w_y‖, and the bias of the own class.
        let own: Tensor
        let norms: Tensor
        let lengths: Tensor
        let bias: Tensor?
        /// ρ
        let scale: Tensor
        /// The own class's logit with its margin.
        let logit: Tensor
        /// The virtual class's.
        let virtual: Tensor?
    }

    /// What a computation with certain seeds gave.
    private struct Found {
        let losses: Tensor
        let nearest: [Int]
        let seeds: [Float]
        /// Of rows, norms, weights and bias.
        var gradients: [Tensor?]
    }

    /// Kept until it is asked for once: whoever takes the gradients owns them alone and need not copy them.
    private final class Keeper {
        var found: Found?
    }

    /// The losses [B], joined to the graph, and the nearest classes.
    ///
    /// - Parameter expecting: the gradient of the loss by each of them.
    func losses(expecting seeds: [Float]) throws -> (Tensor, nearest: [Int]) {
        let isRecorded =
            isRecordingGradients
            && [samples.rows, samples.norms, input.comparedWeights, input.bias].contains {
                $0?.requiresGradient == true
            }
        guard isRecorded else {
            let found = try withoutGradients { try compute(seeds, wantsGradients: false) }
            return (found.losses, found.nearest)
        }
        let inputs = [samples.rows, samples.norms, input.comparedWeights, input.bias]
        let keeper = Keeper()
        var nearest: [Int] = []
        let losses = try differentiable("streamed head", inputs.compactMap(\.self)) {
            let found = try compute(seeds, wantsGradients: true)
            keeper.found = found
            nearest = found.nearest
            return (
                outputs: [found.losses],
                backward: { given in
                    guard let given = given[0] else { return inputs.compactMap(\.self).map { _ in nil } }
                    let gradients =
                        isRecordingGradients && sink == nil
                        ? try recordedBackward(given, inputs) : try backward(given.elements(), keeper)
                    return zip(inputs, gradients).compactMap { input, gradient in input.map { _ in gradient } }
                }
            )
        }[0]
        return (losses, nearest)
    }

    /// The numbers of an amount for the samples' own classes.
    ///
    /// - Throws: ``ClassStream/NotServed`` where they are learned, and so part of the graph.
    private func read(_ source: MarginAmount.Source, _ amounts: AmountReader) throws -> Tensor {
        let isLearned =
            switch source {
            case .constant, .perClass: false
            case .perClassTensor(let values), .perSample(let values): values.requiresGradient
            case .rule(let rule):
                // Apart from the norms, which a rule may read, nothing of it may be learned.
                try rule.values(
                    of: MarginBatch(
                        norms: amounts.batch.norms.detached(), targetCosines: amounts.batch.targetCosines,
                        state: amounts.batch.state)
                ).requiresGradient
            }
        if isLearned { throw ClassStream.NotServed() }
        return try amounts.forTargets(source)
    }

    private func backward(_ given: [Float], _ keeper: Keeper) throws -> [Tensor?] {
        if let found = keeper.found, let factor = Self.factor(from: found.seeds, to: given), sink == nil || factor == 1
        {
            keeper.found = nil
            if factor != 1 {
                for gradient in found.gradients { try gradient?.multiply(by: Double(factor)) }
            }
            return found.gradients
        }
        guard sink == nil else { throw HeadError.gradientsTaken }
        return try compute(given, wantsGradients: true).gradients
    }

    /// The number that all seeds are multiplied by; `nil` if there is none.
    private static func factor(from expected: [Float], to given: [Float]) -> Float? {
        guard let place = expected.indices.max(by: { abs(expected[$0]) < abs(expected[$1]) }), expected[place] != 0
        else { return nil }
        let factor = given[place] / expected[place]
        let isSame = zip(expected, given).allSatisfy { abs($0 * factor - $1) <= 1e-6 * abs($1) }
        return isSame ? (abs(factor - 1) < 1e-6 ? 1 : factor) : nil
    }

    private func compute(_ seeds: [Float], wantsGradients: Bool) throws -> Found {
        let leaves = try withGradients { try makeLeaves(wantsGradients: wantsGradients) }
        let bias = try input.bias.map { try head.objective.subtractsBias ? -($0.detached()) : $0.detached() }
        var stream = ClassStream(
            summand: summand, features: try samples.rows.detached().contiguous(),
            weights: try input.comparedWeights.detached(), scales: try leaves.scale.elements(), bias: bias,
            columns: try input.columns.elements(as: Int64.self).map { Int($0) },
            isNormalized: head.similarity == .cosine, convention: head.weightConvention)

        if wantsGradients, let sink {
            stream.sink = sink
            if case .logistic = summand { try ClassCheck.bounds(stream, own: leaves.logit) }
        }
        var parts: Parts?
        let result = try stream.run(
            seeds: wantsGradients
                ? { sums in
                    if sink != nil, !sums.isEmpty {
                        try ClassCheck.finite(self.losses(leaves, sums: Self.column(sums)))
                    }
                    let own = try gradients(leaves, sums: sums, seeds: seeds)
                    parts = own
                    return own.forStream
                } : nil)
        let losses = try withoutGradients { try self.losses(leaves, sums: Self.column(result.sums)).squeezed(1) }
        guard let parts, let found = result.gradients else {
            return Found(losses: losses, nearest: result.nearest, seeds: seeds, gradients: [])
        }
        return Found(
            losses: losses, nearest: result.nearest, seeds: seeds,
            gradients: try all(leaves, parts: parts, found: found))
    }

    private static func column(_ numbers: [Double]) throws -> Tensor {
        try Tensor(numbers.map { Float($0) }, shape: [numbers.count, 1])
    }

    private func makeLeaves(wantsGradients: Bool) throws -> Leaves {
        let own = try samples.own.detached().requireGradient()
        let norms = try samples.norms.detached().requireGradient()
        let lengths = try samples.ownLengths.detached().requireGradient()
        let bias = try input.bias.map { bias in
            let chosen = bias.count == 1 ? try bias.expanded([input.batchSize]) : try bias.rows(input.columns)
            return try chosen.detached().unsqueezed(1).contiguous().requireGradient()
        }
        let amounts = AmountReader(
            input: input, batch: MarginBatch(norms: norms, targetCosines: samples.own, state: samples.usedState))
        let margined =
            try head.target.map {
                try head.gradient.apply($0, to: own) { source in
                    try wantsGradients ? read(source, amounts) : amounts.forTargets(source)
                }
            } ?? own
        let scaled = try head.scale.apply(to: margined, norms: norms)
        let logit = try bias.map { try head.objective.subtractsBias ? scaled - $0 : scaled + $0 } ?? scaled
        let ones = try samples.own.onesLike()
        let virtual = try head.virtualClass.map { kind in
            switch head.similarity {
            case .cosine: try head.scale.apply(to: ones, norms: norms)
            case .innerProduct:
                try head.scale.apply(to: (kind == .detached ? lengths.detached() : lengths) * norms, norms: norms)
            }
        }
        return Leaves(
            own: own, norms: norms, lengths: lengths, bias: bias,
            scale: try head.scale.apply(to: ones, norms: norms), logit: logit, virtual: virtual)
    }

    /// [B, 1], from the sums over the other classes: of exponentials, the logarithm.
    private func losses(_ leaves: Leaves, sums: Tensor) throws -> Tensor {
        switch head.objective {
        case let objective as OneVersusAll:
            return try objective.negativeWeight * sums + objective.positiveWeight * (-leaves.logit).softplus()
        default:
            let rivals = try leaves.virtual.map {
                try Tensor.concatenated([sums, $0], dimension: 1).logSumExp([1], keeping: true)
            }
            return try ((rivals ?? sums) - leaves.logit).softplus()
        }
    }

    /// What flows back to numbers per sample.
    private struct Parts {
        let forStream: ClassStream.Seeds
        /// ∂L/∂ of the similarity to the own class, and of its bias, [B, 1].
        let own: Tensor
        let bias: Tensor
        let weightedLoss: Tensor
    }

    private func gradients(_ leaves: Leaves, sums: [Double], seeds: [Float]) throws -> Parts {
        try withGradients {
            let count = input.batchSize
            let sums = try Self.column(sums.isEmpty ? [Double](repeating: 0, count: count) : sums).requireGradient()
            let loss = try (losses(leaves, sums: sums) * Tensor(seeds, shape: [count, 1])).sum()
            let found = try Torch.gradients(
                of: [loss], withRespectTo: [sums, leaves.own, leaves.lengths] + [leaves.bias].compactMap(\.self),
                retainingGraph: true, allowingUnused: true)
            return try withoutGradients {
                var ownRows = try samples.rows * found[1]
                if head.virtualClass == .full, head.similarity == .innerProduct {
                    ownRows = try ownRows + samples.ownWeights * (found[2] / samples.ownLengths)
                }
                return Parts(
                    forStream: .init(sums: try found[0].elements(), ownRows: try ownRows.contiguous()), own: found[1],
                    bias: found.count > 3 ? found[3] : try found[1].zerosLike(), weightedLoss: loss)
            }
        }
    }

    /// Of rows, norms, weights and bias.
    private func all(_ leaves: Leaves, parts: Parts, found: ClassStream.Gradients) throws -> [Tensor?] {
        let scale = try leaves.scale.detached()
        let rows = try found.scaledFeatures * scale + samples.ownWeights * parts.own
        let ofScale = try (found.scaledFeatures * samples.rows.detached()).sum([1], keeping: true)
        // A constant scale is no part of the graph.
        var outputs = [parts.weightedLoss]
        var seeds: [Tensor?] = [nil]
        if leaves.scale.requiresGradient {
            outputs.append(leaves.scale)
            seeds.append(ofScale)
        }
        let norms = try Torch.gradients(
            of: outputs, withRespectTo: [leaves.norms], seeds: seeds, allowingUnused: true)[0]
        guard let others = found.bias else { return [rows, norms, found.weights, nil] }
        let own = try parts.bias.squeezed(1)
        let signed = try head.objective.subtractsBias ? -others : others
        let bias =
            try others.count == 1
            ? signed + own.sum() : Self.addRows(signed, 0, input.columns, own, 1.0)
        return [rows, norms, found.weights, bias]
    }

    private static let addRows = Operator("aten::index_add")

    /// By the plain evaluation, for a pass that will be differentiated itself.
    private func recordedBackward(_ given: Tensor, _ inputs: [Tensor?]) throws -> [Tensor?] {
        let alias = Operator("aten::alias")
        let names: [Tensor?] = try inputs.map { try $0.map { try alias($0) } }
        guard let rows = names[0], let norms = names[1], let weights = names[2] else { return [] }
        let features = head.similarity == .cosine ? try rows * norms : rows
        let plain = input.replacing(features: features, weights: weights, bias: names[3])
        let output = try PlainEvaluation(head: head, input: plain, state: samples.usedState, updatesState: false)
            .output()
        let wanted = names.compactMap(\.self).filter(\.requiresGradient)
        var found = try Torch.gradients(
            of: [output.losses], withRespectTo: wanted, seeds: [given], creatingGraph: true, allowingUnused: true)[...]
        return names.map { $0?.requiresGradient == true ? found.popFirst() : nil }
    }
}
