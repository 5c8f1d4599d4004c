import Torch

/// The shortcut around a residual block that changes the shape: a 1×1 convolution of the block's stride
/// and batch normalisation.
struct Projection: Module {
    var convolution: Convolution2d
    var normalization: BatchNorm

    /// `nil` where the shape stays and the shortcut is the identity.
    init?(inputs: Int, outputs: Int, stride: Int, initialization: Initialization, generator: Generator) throws {
        guard stride != 1 || inputs != outputs else { return nil }
        convolution = try Convolution2d(
            inputs: inputs, outputs: outputs, size: 1, stride: stride, bias: false,
            initialization: initialization, generator: generator)
        normalization = try BatchNorm(channels: outputs, device: generator.device)
    }

    func callAsFunction(_ x: Tensor, mode: Mode) throws -> Tensor {
        try normalization(convolution(x), mode: mode)
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.part("0", &convolution)
        try visitor.part("1", &normalization)
    }
}
