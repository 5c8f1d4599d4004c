import Torch

/// Changes parameters by their gradients.
///
/// An optimiser works on the tensors in place, with libtorch's fused operators, and keeps its state as
/// named tensors, so that a run can be stopped and goes on as if it had not been.
public protocol Optimizer: AnyObject {
    var groups: [ParameterGroup] { get }

    /// One step with the gradients that are stored in the parameters.
    ///
    /// - Parameter learningRate: multiplied by each group's own factor.
    func step(learningRate: Double) throws

    /// Everything that decides the next step, apart from the parameters.
    var state: [(name: String, tensor: Tensor)] { get }

    /// Goes on from a state that was stored.
    ///
    /// - Throws: ``OptimizerError`` when it belongs to other parameters or another optimiser; nothing has
    ///   been changed then.
    func restore(_ state: [String: Tensor]) throws
}

extension Optimizer {
    /// Forgets the gradients of all parameters.
    public func clearGradients() throws {
        for group in groups {
            for parameter in group.parameters { try parameter.tensor.setGradient(nil) }
        }
    }

    /// The Euclidean norm of all gradients together.
    public func gradientNorm() throws -> Double {
        let norms = try groups.flatMap(\.parameters).compactMap { try $0.tensor.gradient?.norm([]) }
        return norms.isEmpty ? 0 : try Tensor.stacked(norms).norm([0]).item()
    }
}

/// Parameters that are treated alike.
public struct ParameterGroup: Sendable {
    public let parameters: [NamedTensor]
    /// Multiplies the learning rate.
    public let learningRateFactor: Double
    /// The factor of ½‖w‖² in the loss (SGD), or of the decay apart from it (AdamW).
    public let weightDecay: Double

    public init(_ parameters: [NamedTensor], learningRateFactor: Double = 1, weightDecay: Double = 0) {
        self.parameters = parameters
        self.learningRateFactor = learningRateFactor
        self.weightDecay = weightDecay
    }

    /// The parameters that have a gradient now, and those gradients.
    func withGradients() -> (positions: [Int], tensors: [Tensor], gradients: [Tensor]) {
        var positions: [Int] = []
        var tensors: [Tensor] = []
        var gradients: [Tensor] = []
        for (position, parameter) in parameters.enumerated() {
            guard let gradient = parameter.tensor.gradient else { continue }
            positions.append(position)
            tensors.append(parameter.tensor)
            gradients.append(gradient)
        }
        return (positions, tensors, gradients)
    }
}

/// A stored state that does not belong to the optimiser.
public struct OptimizerError: Error, CustomStringConvertible {
    public let description: String

    init(_ reason: String) {
        description = "the stored optimiser \(reason): it belongs to another network or another optimiser"
    }
}

/// A stored state that is taken apart; what is left at the end belongs to somebody else.
struct StoredState {
    private var tensors: [String: Tensor]

    init(_ tensors: [String: Tensor]) {
        self.tensors = tensors
    }

    func has(_ name: String) -> Bool { tensors[name] != nil }

    /// A copy of the stored tensor, of the shape and on the device of `model`.
    mutating func take(_ name: String, like model: Tensor) throws -> Tensor {
        guard let stored = tensors.removeValue(forKey: name) else { throw OptimizerError("has no “\(name)”") }
        guard stored.shape == model.shape else {
            throw OptimizerError("has a “\(name)” of shape \(stored.shape) where \(model.shape) is wanted")
        }
        let copy = try model.zerosLike()
        try copy.copy(from: stored)
        return copy
    }

    func finish() throws {
        guard let stranger = tensors.keys.min() else { return }
        throw OptimizerError("has a “\(stranger)” that is not wanted")
    }
}
