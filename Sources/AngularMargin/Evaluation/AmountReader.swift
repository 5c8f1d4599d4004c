import Torch

/// The amounts of margins for a batch, shaped to stand beside its cosines.
struct AmountReader {
    let input: HeadInput
    let batch: MarginBatch

    /// Beside target cosines, [B, 1].
    func forTargets(_ source: MarginAmount.Source) throws -> Tensor {
        switch source {
        case .constant(let value): try .constant(value)
        case .perClass(let values): try perClass(Tensor(values)).rows(input.labels).unsqueezed(1)
        case .perClassTensor(let values): try perClass(values).rows(input.labels).unsqueezed(1)
        case .perSample(let values): try perSample(values)
        case .rule(let rule): try rule.values(of: batch)
        }
    }

    /// Beside all cosines, [B, C].
    func forOthers(_ source: MarginAmount.Source) throws -> Tensor {
        switch source {
        case .constant(let value): try .constant(value)
        case .perClass(let values): try compared(perClass(Tensor(values))).unsqueezed(0)
        case .perClassTensor(let values): try compared(perClass(values)).unsqueezed(0)
        case .perSample(let values): try perSample(values)
        case .rule(let rule): try rule.values(of: batch)
        }
    }

    private func compared(_ values: Tensor) throws -> Tensor { try input.classes.map { try values.rows($0) } ?? values }

    private func perClass(_ values: Tensor) throws -> Tensor {
        guard values.shape == [input.classCount] else {
            throw HeadError.amountCount(found: values.count, classCount: input.classCount)
        }
        return try values.to(input.features.scalarType).to(input.features.device)
    }

    private func perSample(_ values: Tensor) throws -> Tensor {
        guard values.shape == [input.batchSize] else {
            throw HeadError.wrongShape(
                name: "margin amounts", found: values.shape, expected: "[\(input.batchSize)]")
        }
        return try values.to(input.features.scalarType).unsqueezed(1)
    }
}
