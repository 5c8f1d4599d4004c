import Torch

/// How a weight is drawn before learning.
///
/// With `fanIn` the number of inputs that one output is made of and `fanOut` the number of outputs
/// that one input goes into (for a convolution, both count the kernel's area):
///
/// | case | distribution | keeps the variance of |
/// |---|---|---|
/// | ``normal(deviation:)`` | N(0, deviation²) | |
/// | ``kaimingNormal(_:)`` | N(0, 2 / fan) | activations (fan in) or gradients (fan out), through rectifiers |
/// | ``kaimingUniform(_:)`` | U(−b, b), b = √(6 / fan) | the same |
/// | ``xavierNormal`` | N(0, 2 / (fanIn + fanOut)) | both, roughly, through linear layers |
/// | ``xavierUniform`` | U(−b, b), b = √(6 / (fanIn + fanOut)) | the same |
///
/// Kaiming: He et al., “Delving deep into rectifiers”, ICCV 2015, equations 10 and 14. Xavier: Glorot
/// and Bengio, “Understanding the difficulty of training deep feedforward neural networks”, AISTATS
/// 2010, equations 12 and 16.
public enum Initialization: Sendable, Hashable {
    case normal(deviation: Double)
    case kaimingNormal(Fan)
    case kaimingUniform(Fan)
    case xavierNormal
    case xavierUniform

    public enum Fan: Sendable, Hashable {
        case incoming
        case outgoing
    }

    /// A weight of `shape`, [out, in] or [out, in, height, width], float32 on the generator's device.
    public func weight(_ shape: [Int], generator: Generator) throws -> Tensor {
        precondition(shape.count >= 2 && shape.allSatisfy { $0 > 0 }, "a weight has outputs and inputs")
        let area = shape.dropFirst(2).reduce(1, *)
        let fanIn = Double(shape[1] * area)
        let fanOut = Double(shape[0] * area)
        func fan(_ fan: Fan) -> Double { fan == .incoming ? fanIn : fanOut }

        return switch self {
        case .normal(let deviation):
            try normal(shape, deviation: deviation, generator)
        case .kaimingNormal(let side):
            try normal(shape, deviation: (2 / fan(side)).squareRoot(), generator)
        case .kaimingUniform(let side):
            try uniform(shape, bound: (6 / fan(side)).squareRoot(), generator)
        case .xavierNormal:
            try normal(shape, deviation: (2 / (fanIn + fanOut)).squareRoot(), generator)
        case .xavierUniform:
            try uniform(shape, bound: (6 / (fanIn + fanOut)).squareRoot(), generator)
        }
    }

    private func normal(_ shape: [Int], deviation: Double, _ generator: Generator) throws -> Tensor {
        try Tensor.normal(shape, generator: generator) * deviation
    }

    private func uniform(_ shape: [Int], bound: Double, _ generator: Generator) throws -> Tensor {
        try Tensor.uniform(shape, generator: generator) * (2 * bound) - bound
    }
}
