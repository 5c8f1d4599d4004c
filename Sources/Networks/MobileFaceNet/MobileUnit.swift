import Torch

/// A convolution without bias, batch normalisation and, where it is not a linear one, PReLU:
///
///     y = prelu(bn(conv(x)))
struct MobileUnit: Module {
    var convolution: Convolution2d
    var normalization: BatchNorm
    var activation: PReLU?

    /// - Parameter kernel: height and width; odd ones but for the last layer, which takes the whole map.
    init(
        inputs: Int, outputs: Int, kernel: (height: Int, width: Int) = (1, 1), stride: Int = 1, padding: Int = 0,
        groups: Int = 1, isLinear: Bool = false, generator: Generator
    ) throws {
        convolution = try Convolution2d(
            inputs: inputs, outputs: outputs, kernel: kernel, stride: stride, padding: padding, groups: groups,
            bias: false, generator: generator)
        normalization = try BatchNorm(channels: outputs, device: generator.device)
        activation = isLinear ? nil : try PReLU(channels: outputs, device: generator.device)
    }

    func callAsFunction(_ x: Tensor, mode: Mode) throws -> Tensor {
        try normalization(convolution(x), activation: activation.map { .prelu($0) }, mode: mode)
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.part("layers.0", &convolution)
        try visitor.part("layers.1", &normalization)
        try visitor.part("layers.2", &activation)
    }
}
