import Torch

/// A residual block of an improved residual network, normalised before, between and after:
///
///     y = bn3(conv2(prelu(bn2(conv1(bn1(x)))))) + shortcut(x)
///
/// The second convolution has the stride, and no activation follows the sum.
struct IResNetBlock: Module {
    var normalization1: BatchNorm
    var convolution1: Convolution2d
    var normalization2: BatchNorm
    var activation: PReLU
    var convolution2: Convolution2d
    var normalization3: BatchNorm
    var shortcut: Projection?

    init(inputs: Int, outputs: Int, stride: Int, generator: Generator) throws {
        let device = generator.device
        let initialization = IResNet.initialization
        normalization1 = try BatchNorm(channels: inputs, device: device)
        convolution1 = try Convolution2d(
            inputs: inputs, outputs: outputs, size: 3, padding: 1, bias: false, initialization: initialization,
            generator: generator)
        normalization2 = try BatchNorm(channels: outputs, device: device)
        activation = try PReLU(channels: outputs, device: device)
        convolution2 = try Convolution2d(
            inputs: outputs, outputs: outputs, size: 3, stride: stride, padding: 1, bias: false,
            initialization: initialization, generator: generator)
        normalization3 = try BatchNorm(channels: outputs, device: device)
        shortcut = try Projection(
            inputs: inputs, outputs: outputs, stride: stride, initialization: initialization, generator: generator)
    }

    func callAsFunction(_ x: Tensor, mode: Mode) throws -> Tensor {
        let inner = try convolution1(normalization1(x, mode: mode))
        let activated = try normalization2(inner, activation: .prelu(activation), mode: mode)
        return try normalization3(convolution2(activated), adding: shortcut?(x, mode: mode) ?? x, mode: mode)
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.part("bn1", &normalization1)
        try visitor.part("conv1", &convolution1)
        try visitor.part("bn2", &normalization2)
        try visitor.part("prelu", &activation)
        try visitor.part("conv2", &convolution2)
        try visitor.part("bn3", &normalization3)
        try visitor.part("downsample", &shortcut)
    }
}
