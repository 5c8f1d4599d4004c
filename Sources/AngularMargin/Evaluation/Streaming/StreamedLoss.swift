import Torch

/// The samples' losses from the sums over their other classes, and what flows back.
struct StreamedLoss {
    let head: Head
    let input: HeadInput
    let samples: StreamedSamples
    let summand: ClassStream.Summand
    /// The state that the margins are read from.
    let state: HeadState
    /// Takes the gradient of the weights compared.
    var sink: (any ClassGradientSink)?

    /// What a computation with certain seeds gave.
    private struct Found {
        let losses: Tensor
        let nearest: [Int]
        let seeds: [Float]
        /// Of features, weights and bias.
        let gradients: [Tensor?]
    }

    /// Kept until it is asked for once: whoever takes the gradients owns them alone and need not copy them.
    private final class Keeper {
        var found: Found?
    }

    /// Features, weights and bias.
    private var inputs: [Tensor?] { [input.features, input.comparedWeights, input.bias] }

    /// The losses [B], joined to the graph, and the nearest classes.
    ///
    /// - Parameter expecting: the gradient of the loss by each of them.
    func losses(expecting seeds: [Float]) throws -> (Tensor, nearest: [Int]) {
        guard isRecordingGradients, inputs.contains(where: { $0?.requiresGradient == true }) else {
            let found = try withoutGradients { try compute(seeds, wantsGradients: false) }
            return (found.losses, found.nearest)
        }
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
                        ? try recordedBackward(given) : try backward(given.elements(), keeper)
                    return zip(inputs, gradients).compactMap { input, gradient in input.map { _ in gradient } }
                }
            )
        }[0]
        return (losses, nearest)
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
        guard let place = expected.indices.max(by: { abs(expected[$0]) < abs(expected[$1]) }) else { return nil }
        // Gradients of nothing are those of nothing.
        if expected[place] == 0 { return given.allSatisfy { $0 == 0 } ? 1 : nil }
        let factor = given[place] / expected[place]
        let isSame = zip(expected, given).allSatisfy { abs($0 * factor - $1) <= 1e-6 * abs($1) }
        return isSame ? (abs(factor - 1) < 1e-6 ? 1 : factor) : nil
    }

    private func compute(_ seeds: [Float], wantsGradients: Bool) throws -> Found {
        let own = try OwnLogits(
            head: head, input: input, samples: samples, state: state, wantsGradients: wantsGradients)
        let bias = try input.bias.map { try head.objective.subtractsBias ? -($0.detached()) : $0.detached() }
        var stream = ClassStream(
            summand: summand, features: samples.rows, weights: try input.comparedWeights.detached(),
            scales: own.scales.map { Float($0) }, bias: bias, columns: samples.columns.map { Int($0) },
            isNormalized: head.similarity == .cosine, convention: head.weightConvention)
        stream.negligible = head.negligible
        if wantsGradients, let sink {
            stream.sink = sink
            if case .logistic = summand { try ClassCheck.bounds(stream, own: own.logits) }
        }
        let result = try stream.run(
            seeds: wantsGradients ? { try streamSeeds(own, sums: $0, sigmoids: $1, seeds) } : nil)
        let sampleLosses = losses(own, sums: result.sums)
        return Found(
            losses: try Tensor(sampleLosses.map { Float($0.value) }), nearest: result.nearest, seeds: seeds,
            gradients: try result.gradients.map { try gradients(own, sampleLosses, $0, seeds) } ?? [])
    }

    /// - Parameter sums: none, where slopes do not depend on them.
    private func losses(_ own: OwnLogits, sums: [Double]) -> [SampleLoss] {
        own.logits.indices.map { row in
            let sum = sums.isEmpty ? 0 : sums[row]
            if let objective = head.objective as? OneVersusAll {
                return .oneVersusAll(objective, sum: sum, logit: own.logits[row])
            }
            return .softmax(logarithmOfSum: sum, logit: own.logits[row], virtual: own.virtual?.logits[row])
        }
    }

    private func streamSeeds(
        _ own: OwnLogits, sums: [Double], sigmoids: [Double], _ seeds: [Float]
    ) throws -> ClassStream.Seeds {
        let losses = losses(own, sums: sums)
        if sink != nil, !sums.isEmpty { try ClassCheck.finite(losses.map(\.value)) }
        func perSample(_ number: (_ row: Int, _ loss: SampleLoss) -> Double) -> [Float] {
            losses.enumerated().map { Float(Double(seeds[$0]) * number($0, $1)) }
        }
        return ClassStream.Seeds(
            sums: perSample { $1.bySum }, masses: masses(losses, sigmoids),
            own: perSample { $1.byLogit * own.byOwn[$0] },
            lengthwise: own.virtual.map { virtual in
                perSample { $1.byVirtual * virtual.byLength[$0] / samples.ownLengths[$0] }
            })
    }

    /// Σ p over each sample's other classes, times their weight in the loss.
    private func masses(_ losses: [SampleLoss], _ sigmoids: [Double]) -> [Double] {
        switch summand {
        case .exponential: losses.map(\.bySum)
        case .logistic: sigmoids.isEmpty ? [] : zip(losses, sigmoids).map { $0.bySum * $1 }
        }
    }

    /// Of features, weights and bias.
    private func gradients(
        _ own: OwnLogits, _ losses: [SampleLoss], _ found: ClassStream.Gradients, _ seeds: [Float]
    ) throws -> [Tensor?] {
        func perSample(_ number: (_ row: Int, _ loss: SampleLoss) -> Double) -> [Float] {
            losses.enumerated().map { Float(number($0, $1)) }
        }
        let isCosine = head.similarity == .cosine
        try samples.makeGradients(
            of: found.sums,
            StreamedSamples.Slopes(
                others: perSample { row, _ in Double(found.factors[row]) * own.scales[row] },
                own: perSample { row, loss in
                    Double(seeds[row]) * loss.byLogit * own.byOwn[row] / (isCosine ? samples.ownLengths[row] : 1)
                },
                along: perSample { row, loss in
                    Double(seeds[row])
                        * (loss.byLogit * own.byNorm[row] + loss.byVirtual * (own.virtual?.byNorm[row] ?? 0))
                },
                alongSum: perSample { row, _ in
                    own.scaleSlope * Double(found.factors[row]) * (isCosine ? 1 : samples.norms[row])
                }))
        return [found.sums, found.weights, try found.bias.map { try biasGradient($0, own, losses, seeds) }]
    }

    private static let addRows = Operator("aten::index_add")

    private func biasGradient(
        _ others: Tensor, _ own: OwnLogits, _ losses: [SampleLoss], _ seeds: [Float]
    ) throws -> Tensor {
        let ofOwn = losses.enumerated().map { Float(Double(seeds[$0]) * $1.byLogit * own.biasSign) }
        let signed = try others * own.biasSign
        return try others.count == 1
            ? signed + Double(ofOwn.reduce(0, +)) : Self.addRows(signed, 0, input.columns, Tensor(ofOwn), 1.0)
    }

    /// By the plain evaluation, for a pass that will be differentiated itself.
    private func recordedBackward(_ given: Tensor) throws -> [Tensor?] {
        let alias = Operator("aten::alias")
        let names: [Tensor?] = try inputs.map { try $0.map { try alias($0) } }
        guard let features = names[0], let weights = names[1] else { return [] }
        let plain = input.replacing(features: features, weights: weights, bias: names[2])
        let output = try PlainEvaluation(head: head, input: plain, state: state, updatesState: false).output()
        let wanted = names.compactMap(\.self).filter(\.requiresGradient)
        var found = try Torch.gradients(
            of: [output.losses], withRespectTo: wanted, seeds: [given], creatingGraph: true, allowingUnused: true)[...]
        return names.map { $0?.requiresGradient == true ? found.popFirst() : nil }
    }
}
