import Torch

/// Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019, algorithm 2).
///
///     m ← β₁m + (1 − β₁)g        v ← β₂v + (1 − β₂)g²
///     w ← w − ηλw − η · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)
public final class AdamW: Optimizer {
    public let groups: [ParameterGroup]
    public let beta1: Double
    public let beta2: Double
    public let epsilon: Double
    private var moments: [[Int: Moments]]

    struct Moments {
        let first: Tensor
        let second: Tensor
        /// t, as a float32 tensor, which is what the fused operator counts in.
        let steps: Tensor
    }

    static let fusedStep = Operator("aten::_fused_adamw_")

    public init(_ groups: [ParameterGroup], beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) {
        precondition((0..<1).contains(beta1) && (0..<1).contains(beta2), "β₁ and β₂ lie in [0, 1)")
        self.groups = groups
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        moments = groups.map { _ in [:] }
    }

    public func step(learningRate: Double) throws {
        try withoutGradients {
            for (index, group) in groups.enumerated() {
                let (positions, tensors, gradients) = group.withGradients()
                guard !tensors.isEmpty else { continue }
                let known = try zip(positions, tensors).map { try moments(of: $1, index, $0) }
                let steps = known.map(\.steps)
                for count in steps { try count.add(Tensor.ones([], device: count.device)) }
                try AdamW.fusedStep.perform(
                    tensors, gradients, known.map(\.first), known.map(\.second), [Tensor](), steps,
                    learningRate * group.learningRateFactor, beta1, beta2, group.weightDecay, epsilon, false, false)
            }
        }
    }

    /// The moments of a parameter, zeros before its first step.
    func moments(of tensor: Tensor, _ group: Int, _ position: Int) throws -> Moments {
        if let known = moments[group][position] { return known }
        let fresh = Moments(
            first: try tensor.zerosLike(), second: try tensor.zerosLike(),
            steps: try Tensor.zeros([], device: tensor.device))
        moments[group][position] = fresh
        return fresh
    }

    public var state: [(name: String, tensor: Tensor)] {
        zip(groups, moments).flatMap { group, known in
            group.parameters.indices.flatMap { position -> [(name: String, tensor: Tensor)] in
                guard let moments = known[position] else { return [] }
                let name = group.parameters[position].name
                return [
                    ("\(name).first", moments.first), ("\(name).second", moments.second),
                    ("\(name).steps", moments.steps),
                ]
            }
        }
    }

    public func restore(_ state: [String: Tensor]) throws {
        var stored = StoredState(state)
        var restored: [[Int: Moments]] = groups.map { _ in [:] }
        for (index, group) in groups.enumerated() {
            for (position, parameter) in group.parameters.enumerated() {
                let (name, tensor) = (parameter.name, parameter.tensor)
                guard stored.has("\(name).first") else { continue }
                restored[index][position] = Moments(
                    first: try stored.take("\(name).first", like: tensor),
                    second: try stored.take("\(name).second", like: tensor),
                    steps: try stored.take("\(name).steps", like: Tensor.zeros([], device: tensor.device)))
            }
        }
        try stored.finish()
        moments = restored
    }
}
