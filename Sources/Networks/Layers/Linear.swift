import Torch

/// x · weightᵀ + bias
public struct Linear: Module {
    /// [outputs, inputs]
    public var weight: Tensor
    /// [outputs]; starts at zero.
    public var bias: Tensor?

    public init(
        inputs: Int, outputs: Int, bias: Bool = true,
        initialization: Initialization = .xavierNormal, generator: Generator
    ) throws {
        weight = try initialization.weight([outputs, inputs], generator: generator)
        self.bias = bias ? try Tensor.zeros([outputs], device: generator.device) : nil
    }

    /// From [..., inputs] to [..., outputs].
    public func callAsFunction(_ x: Tensor) throws -> Tensor { try x.linear(weight, bias: bias) }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.parameter("weight", &weight)
        try visitor.parameter("bias", &bias)
    }
}
