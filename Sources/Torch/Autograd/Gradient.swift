import CTorch

extension Tensor {
    /// Whether gradients with respect to this tensor are recorded.
    public var requiresGradient: Bool { lend(ct_tensor_requires_gradient) }

    /// Whether it stands at the beginning of the recorded graph: a parameter or an input.
    public var isLeaf: Bool { lend(ct_tensor_is_leaf) }

    /// Starts or stops recording what is done with this tensor, and returns it.
    ///
    /// - Throws: ``TorchError`` for tensors that are not floating point, or not leaves.
    @discardableResult
    public func requireGradient(_ value: Bool = true) throws -> Tensor {
        guard lend({ ct_tensor_set_requires_gradient($0, value) }) >= 0 else {
            throw TorchError.last("require gradient", arguments: [summary])
        }
        return self
    }

    /// The gradient that `backward` accumulated in this leaf.
    public var gradient: Tensor? {
        lend(ct_tensor_gradient).map(Tensor.init(owning:))
    }

    /// Replaces the accumulated gradient; `nil` clears it.
    public func setGradient(_ gradient: Tensor?) throws {
        let status = lend { ct_tensor_set_gradient($0, gradient?.pointer) }
        withExtendedLifetime(gradient) {}
        guard status >= 0 else {
            throw TorchError.last("set gradient", arguments: [summary, gradient?.summary ?? "none"])
        }
    }

    /// Adds the gradients of this tensor to the `gradient` of every leaf it depends on.
    ///
    /// - Parameters:
    ///   - seed: the gradient of this tensor itself; needed unless it has one element.
    ///   - retainingGraph: keep what was recorded, for another pass.
    ///   - creatingGraph: record the backward pass too, so that gradients have gradients.
    public func backward(
        seed: Tensor? = nil, retainingGraph: Bool = false, creatingGraph: Bool = false
    ) throws {
        let status = lend { ct_backward($0, seed?.pointer, retainingGraph || creatingGraph, creatingGraph) }
        withExtendedLifetime(seed) {}
        guard status >= 0 else {
            throw TorchError.last("backward", arguments: [summary])
        }
    }
}

/// The gradients of Σ seedᵢ·outputᵢ with respect to each of `inputs`, without touching any leaf's
/// own `gradient`.
///
/// - Parameters:
///   - outputs: what is differentiated.
///   - inputs: tensors that record gradients, leaves or not.
///   - seeds: one per output; `nil` where an output has one element and counts once.
///   - retainingGraph: keep what was recorded, for another pass.
///   - creatingGraph: record this pass too, so that the gradients can be differentiated.
///   - allowingUnused: give zeros for inputs that the outputs do not depend on, instead of throwing.
/// - Returns: one gradient per input, of its shape.
public func gradients(
    of outputs: [Tensor], withRespectTo inputs: [Tensor], seeds: [Tensor?]? = nil,
    retainingGraph: Bool = false, creatingGraph: Bool = false, allowingUnused: Bool = false
) throws -> [Tensor] {
    precondition(seeds == nil || seeds?.count == outputs.count, "one seed per output")
    var found = [ct_tensor?](repeating: nil, count: inputs.count)
    let status = ct_gradients(
        outputs.map { Optional($0.pointer) }, seeds?.map { $0?.pointer } ?? outputs.map { _ in nil },
        outputs.count, inputs.map { Optional($0.pointer) }, inputs.count,
        retainingGraph || creatingGraph, creatingGraph, allowingUnused, &found)
    withExtendedLifetime((outputs, seeds, inputs)) {}
    guard status >= 0 else {
        throw TorchError.last(
            "gradients", arguments: [outputs.summary, "with respect to " + inputs.summary])
    }
    return try zip(inputs, found).map { input, pointer in
        if let pointer { Tensor(owning: pointer) } else { try input.zerosLike() }
    }
}

/// The gradient of one output of one element with respect to one input.
public func gradient(
    of output: Tensor, withRespectTo input: Tensor, creatingGraph: Bool = false
) throws -> Tensor {
    try gradients(of: [output], withRespectTo: [input], creatingGraph: creatingGraph)[0]
}
