import Torch

/// The cross-correlation of pictures with learned kernels, with zeros around the pictures:
///
///     y[n, o, i, j] = bias[o] + Σ_{c,u,v} weight[o, c, u, v] · x[n, c, i′, j′]
///     i′ = stride · i + u − padding,  j′ = stride · j + v − padding
public struct Convolution2d: Module {
    /// [outputs, inputs / groups, height, width]
    public var weight: Tensor
    /// [outputs]; starts at zero.
    public var bias: Tensor?
    public let stride: Int
    public let padding: Int
    /// Inputs and outputs fall into this many groups, and each output sees the inputs of its own.
    public let groups: Int

    /// A convolution with a square kernel.
    ///
    /// - Precondition: inputs and outputs are multiples of `groups`.
    public init(
        inputs: Int, outputs: Int, size: Int, stride: Int = 1, padding: Int = 0, groups: Int = 1,
        bias: Bool = true, initialization: Initialization = .kaimingNormal(.outgoing), generator: Generator
    ) throws {
        try self.init(
            inputs: inputs, outputs: outputs, kernel: (size, size), stride: stride, padding: padding, groups: groups,
            bias: bias, initialization: initialization, generator: generator)
    }

    /// A convolution with a kernel of that height and width.
    ///
    /// - Precondition: inputs and outputs are multiples of `groups`.
    public init(
        inputs: Int, outputs: Int, kernel: (height: Int, width: Int), stride: Int = 1, padding: Int = 0,
        groups: Int = 1,
        bias: Bool = true, initialization: Initialization = .kaimingNormal(.outgoing), generator: Generator
    ) throws {
        precondition(
            inputs % groups == 0 && outputs % groups == 0,
            "\(inputs) inputs and \(outputs) outputs do not fall into \(groups) groups")
        weight = try initialization.weight(
            [outputs, inputs / groups, kernel.height, kernel.width], generator: generator)
        self.bias = bias ? try Tensor.zeros([outputs], device: generator.device) : nil
        self.stride = stride
        self.padding = padding
        self.groups = groups
    }

    /// From [N, inputs, H, W] to [N, outputs, H′, W′] with H′ = ⌊(H + 2·padding − height) / stride⌋ + 1.
    public func callAsFunction(_ x: Tensor) throws -> Tensor {
        try x.convolution(weight, bias: bias, stride: stride, padding: padding, groups: groups)
    }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.parameter("weight", &weight)
        try visitor.parameter("bias", &bias)
    }
}
