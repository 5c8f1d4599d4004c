import CKernels
import Torch

/// Batch normalisation in training with what follows it, reading and writing memory as seldom as can be:
///
///     z = weight · (x − μ) / √(σ² + ε) + bias + before
///     y = activation(z) + after
///
/// Forward it reads x twice and writes y; backward it reads x and the gradient twice and writes one. The
/// operators one by one take half as much again forward and twice as much backward, and keep z.
struct FusedNormalization {
    private let normalization: BatchNorm
    private let activation: Activation?
    private let x: ChannelRows
    private let before: Tensor?
    private let after: Tensor?

    /// `nil` where the operators are to be used: outside training, for other types and devices than float32
    /// on the CPU, and for tensors whose channels do not lie side by side.
    init?(
        _ normalization: BatchNorm, _ x: Tensor, before: Tensor?, activation: Activation?, after: Tensor?, mode: Mode
    ) throws {
        guard mode.isTraining, isRecordingGradients, normalization.weight.scalarType == .float32,
            normalization.weight.shape == [x.size(1)], let rows = try ChannelRows(x)
        else { return nil }
        for other in [before, after].compactMap(\.self) {
            guard other.shape == x.shape, other.scalarType == .float32, other.device == .cpu else { return nil }
        }
        self.normalization = normalization
        self.activation = activation
        self.x = rows
        self.before = before
        self.after = after
    }

    func callAsFunction(updatingStatistics: Bool) throws -> Tensor {
        let inputs = [x.tensor, normalization.weight, normalization.bias, activation?.slope, before, after]
        return try differentiable("batch_norm", inputs.compactMap(\.self)) {
            let statistics = try BatchStatistics(of: x)
            if updatingStatistics { try statistics.move(normalization) }
            let constants = try ChannelConstants(
                normalization, activation: activation, statistics: statistics, of: x)
            let before = try before.map(x.arranging)
            return (
                outputs: [try forward(constants, before: before)],
                backward: { seeds in
                    guard let gradient = seeds[0] else { return inputs.compactMap(\.self).map { _ in nil } }
                    let found =
                        isRecordingGradients
                        ? try recordedBackward(gradient)
                        : try backward(gradient, constants, statistics, before: before)
                    return zip(inputs, found).compactMap { input, gradient in input.map { _ in gradient } }
                }
            )
        }[0]
    }

    private func forward(_ constants: ChannelConstants, before: ChannelRows?) throws -> Tensor {
        let after = try after.map(x.arranging)
        let y = try x.emptyLike()
        let instructions = ck_best_instructions()
        x.forEachChunk { [x] _, offset, rows in
            ck_normalization_forward(
                instructions, constants.forKernel, x.start + offset, before.map { $0.start + offset },
                after.map { $0.start + offset }, y.start + offset, rows)
        }
        return y.tensor
    }

    /// The gradients of x, weight, bias, slope, before and after.
    ///
    /// With d the gradient of z, n rows, and s = 1 / √(σ² + ε):
    ///
    ///     ∂L/∂bias = Σ d,   ∂L/∂weight = s Σ d (x − μ)
    ///     ∂L/∂x = weight · s · (d − Σ d / n − (x − μ) s² Σ d (x − μ) / n)
    private func backward(
        _ gradient: Tensor, _ constants: ChannelConstants, _ statistics: BatchStatistics, before: ChannelRows?
    ) throws -> [Tensor?] {
        let g = try x.arranging(gradient)
        // Without an activation the gradient of z, and of what is added to it, is that of y.
        let ofBefore = before == nil || activation == nil ? nil : try x.emptyLike()
        let instructions = ck_best_instructions()
        let sums = PartialSums(chunks: x.chunkCount, of: x, kinds: 3)
        x.forEachChunk { [x] chunk, offset, rows in
            ck_normalization_sums(
                instructions, constants.forKernel, x.start + offset, before.map { $0.start + offset }, g.start + offset,
                rows, sums[0, chunk], sums[1, chunk], sums[2, chunk], ofBefore.map { $0.start + offset })
        }
        let totals = sums.totals()
        let (ofZ, ofProducts, ofSlopes) = (totals[0], totals[1], totals[2])

        let n = Double(x.count)
        let deviations = statistics.inverseDeviations(epsilon: normalization.epsilon)
        let scale = constants.scale
        constants.setBackward(
            product: scale.indices.map { -scale[$0] * deviations[$0] * deviations[$0] * ofProducts[$0] / n },
            constant: scale.indices.map { -scale[$0] * ofZ[$0] / n })
        let ofX = try x.emptyLike()
        x.forEachChunk { [x] _, offset, rows in
            ck_normalization_backward(
                instructions, constants.forKernel, x.start + offset, before.map { $0.start + offset }, g.start + offset,
                rows, ofX.start + offset)
        }
        return [
            ofX.tensor, try Tensor(zip(deviations, ofProducts).map { Float($0 * $1) }),
            try Tensor(ofZ.map { Float($0) }), try Tensor(ofSlopes.map { Float($0) }),
            ofBefore?.tensor ?? gradient, gradient,
        ]
    }

    /// The same by operators, for a pass that will be differentiated itself.
    private func recordedBackward(_ gradient: Tensor) throws -> [Tensor?] {
        // Each input under a name of its own, so that none is reached through another.
        let alias = Operator("aten::alias")
        var layer = normalization
        layer.weight = try alias(layer.weight)
        layer.bias = try alias(layer.bias)
        var activation = activation
        if case .prelu(var prelu) = activation {
            prelu.slope = try alias(prelu.slope)
            activation = .prelu(prelu)
        }
        let x: Tensor = try alias(x.tensor)
        let before: Tensor? = try before.map { try alias($0) }
        let after: Tensor? = try after.map { try alias($0) }
        let y = try layer.plain(
            x, adding: before, activation: activation, thenAdding: after, mode: .training(updatingStatistics: false))
        let inputs = [x, layer.weight, layer.bias, activation?.slope, before, after]
        let wanted = inputs.compactMap(\.self).filter(\.requiresGradient)
        var found = try gradients(of: [y], withRespectTo: wanted, seeds: [gradient], creatingGraph: true)[...]
        return inputs.map { input in
            guard let input, input.requiresGradient else { return nil }
            return found.popFirst()
        }
    }
}
