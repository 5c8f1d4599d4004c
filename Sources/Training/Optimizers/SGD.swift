import Torch

/// Stochastic gradient descent with momentum.
///
///     g ← ∇ + λw
///     v ← μv + g                  (v = g at the first step)
///     w ← w − η·v                 (Nesterov: w − η(g + μv))
///
/// as PyTorch's `SGD` without dampening: λ weight decay, μ momentum, η learning rate.
public final class SGD: Optimizer {
    public let groups: [ParameterGroup]
    public let momentum: Double
    public let nesterov: Bool
    /// v of every parameter that has been stepped, by group and position.
    var velocities: [[Int: Tensor]]

    static let fusedStep = Operator("aten::_fused_sgd_")

    public init(_ groups: [ParameterGroup], momentum: Double = 0.9, nesterov: Bool = false) {
        precondition(momentum >= 0 && momentum < 1, "momentum lies in [0, 1)")
        precondition(!nesterov || momentum > 0, "Nesterov's form needs a momentum")
        self.groups = groups
        self.momentum = momentum
        self.nesterov = nesterov
        velocities = groups.map { _ in [:] }
    }

    public func step(learningRate: Double) throws {
        try withoutGradients {
            for (index, group) in groups.enumerated() {
                let (positions, tensors, gradients) = group.withGradients()
                guard !tensors.isEmpty else { continue }
                // The operator takes one flag for all: parameters that step for the first time go apart.
                let isFirst = positions.map { velocities[index][$0] == nil }
                for first in Set(isFirst) {
                    let chosen = isFirst.indices.filter { isFirst[$0] == first }
                    for place in chosen where first && momentum > 0 {
                        velocities[index][positions[place]] = try tensors[place].zerosLike()
                    }
                    let buffers = chosen.compactMap { velocities[index][positions[$0]] }
                    try SGD.fusedStep.perform(
                        chosen.map { tensors[$0] }, chosen.map { gradients[$0] }, buffers, group.weightDecay, momentum,
                        learningRate * group.learningRateFactor, 0.0, nesterov, false, first)
                }
            }
        }
    }

    public var state: [(name: String, tensor: Tensor)] {
        zip(groups, velocities).flatMap { group, known in
            group.parameters.indices.compactMap { position in
                known[position].map { ("\(group.parameters[position].name).velocity", $0) }
            }
        }
    }

    public func restore(_ state: [String: Tensor]) throws {
        var stored = StoredState(state)
        var restored: [[Int: Tensor]] = groups.map { _ in [:] }
        for (index, group) in groups.enumerated() {
            for (position, parameter) in group.parameters.enumerated() {
                let name = "\(parameter.name).velocity"
                guard stored.has(name) else { continue }
                restored[index][position] = try stored.take(name, like: parameter.tensor)
            }
        }
        try stored.finish()
        velocities = restored
    }
}
