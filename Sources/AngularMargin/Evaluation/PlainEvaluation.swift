import Torch

/// A head computed as its definition reads, keeping all similarities and logits [B, C].
///
/// Every other way of evaluation is measured by this one. The graph is autograd's, but for margins.
struct PlainEvaluation {
    let head: Head
    let input: HeadInput

    func output() throws -> HeadOutput {
        let compared = try compare()
        let margined = try applyMargins(compared.similarities)
        let scaled = try head.scale.apply(to: margined, norms: compared.norms)
        let logits = try input.bias.map { try scaled + $0 } ?? scaled
        try checkRange(logits)

        let losses = try head.objective.losses(logits, labels: input.labels)
        let weighted = try input.sampleWeights.map { try losses * $0 } ?? losses
        let penalties = try [head.scale.penalty(norms: compared.norms)].compactMap { $0 }
        let loss = try penalties.reduce(weighted.mean() * head.lossWeight) { sum, penalty in
            try sum + penalty.value * penalty.weight
        }
        return try withoutGradients {
            HeadOutput(
                loss: loss, losses: losses, penalties: penalties, logits: logits,
                similarities: compared.similarities,
                targetCosines: try targetCosines(compared.similarities),
                predictions: try predictions(compared.similarities, norms: compared.norms),
                labels: input.labels)
        }
    }

    /// Similarities [B, C], and the features' norms [B, 1].
    private func compare() throws -> (similarities: Tensor, norms: Tensor) {
        switch head.similarity {
        case .innerProduct:
            precondition(
                head.target == nil && head.others == nil, "margins are on angles; inner products have none")
            return (
                try input.features.matmul(input.weights.transposed()),
                try input.features.norm([1], keeping: true)
            )
        case .cosine:
            let features = try Directions(of: input.features, name: "features")
            let weights = try head.weightConvention.directions(of: input.weights)
            return (try features.rows.matmul(weights.transposed()), features.norms)
        }
    }

    /// ψ at the label's column, η at the others.
    private func applyMargins(_ cosines: Tensor) throws -> Tensor {
        let others = try head.others.map { try head.gradient.apply($0, to: cosines, reading: readForOthers) }
        // Where η is not the cosine itself, a target without margin must be put back too.
        guard head.target != nil || others != nil else { return cosines }
        let labels = try input.labels.unsqueezed(1)
        let own = try cosines.gathered(labels, dimension: 1)
        let target = try head.target.map { try head.gradient.apply($0, to: own, reading: readForTargets) } ?? own
        return try (others ?? cosines).scattering(target, at: labels, dimension: 1)
    }

    /// Amounts beside target cosines [B, 1].
    private func readForTargets(_ source: MarginAmount.Source) throws -> Tensor {
        switch source {
        case .constant(let value): try .constant(value)
        case .perClass(let values): try classAmounts(values).rows(input.labels).unsqueezed(1)
        case .perSample(let values): try sampleAmounts(values)
        }
    }

    /// Amounts beside all cosines [B, C].
    private func readForOthers(_ source: MarginAmount.Source) throws -> Tensor {
        switch source {
        case .constant(let value): try .constant(value)
        case .perClass(let values): try classAmounts(values).unsqueezed(0)
        case .perSample(let values): try sampleAmounts(values)
        }
    }

    private func classAmounts(_ values: [Double]) throws -> Tensor {
        guard values.count == input.classCount else {
            throw HeadError.amountCount(found: values.count, classCount: input.classCount)
        }
        return try Tensor(values).to(input.features.scalarType).to(input.features.device)
    }

    private func sampleAmounts(_ values: Tensor) throws -> Tensor {
        guard values.shape == [input.batchSize] else {
            throw HeadError.wrongShape(
                name: "margin amounts", found: values.shape, expected: "[\(input.batchSize)]")
        }
        return try values.to(input.features.scalarType).unsqueezed(1)
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

    private func targetCosines(_ similarities: Tensor) throws -> Tensor {
        let own = try similarities.gathered(input.labels.unsqueezed(1), dimension: 1).squeezed(1)
        guard head.similarity == .innerProduct else { return own }
        let weights = try Directions(of: input.weights.rows(input.labels), name: "weights").rows
        return try (Directions(of: input.features, name: "features").rows * weights).sum([1])
    }

    /// Only a bias per class can change which class is nearest.
    private func predictions(_ similarities: Tensor, norms: Tensor) throws -> Tensor {
        guard head.objective.bias == .perClass, let bias = input.bias else {
            return try similarities.argumentOfMaximum(1)
        }
        return try (head.scale.apply(to: similarities, norms: norms) + bias).argumentOfMaximum(1)
    }
}
