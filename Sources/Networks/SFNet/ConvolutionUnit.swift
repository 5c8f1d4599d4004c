import Torch

/// A 3×3 convolution, batch normalisation by choice, and an activation:
///
///     y = activation(normalisation(convolution(x)))
struct ConvolutionUnit: Module {
    var convolution: Convolution2d
    var normalization: BatchNorm?
    var activation: Activation
    /// What its parts' names end in: "1" makes conv1, bn1 and act1.
    let suffix: String

    init(
        inputs: Int, outputs: Int, stride: Int = 1, suffix: String = "1", initialization: Initialization,
        configuration: SFNet.Configuration, generator: Generator
    ) throws {
        convolution = try Convolution2d(
            inputs: inputs, outputs: outputs, size: 3, stride: stride, padding: 1,
            bias: !configuration.batchNormalization, initialization: initialization, generator: generator)
        normalization =
            configuration.batchNormalization ? try BatchNorm(channels: outputs, device: generator.device) : nil
        activation = try Activation(configuration.activation, channels: outputs, device: generator.device)
        self.suffix = suffix
    }

    /// activation(normalisation(convolution(x)) + before) + after
    func callAsFunction(
        _ x: Tensor, adding before: Tensor? = nil, thenAdding after: Tensor? = nil, mode: Mode
    ) throws -> Tensor {
        let y = try convolution(x)
        if let normalization {
            return try normalization(y, adding: before, activation: activation, thenAdding: after, mode: mode)
        }
        let z = try activation(before.map { try $0 + y } ?? y)
        return try after.map { try $0 + z } ?? z
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.part("conv" + suffix, &convolution)
        try visitor.part("bn" + suffix, &normalization)
        try visitor.part("act" + suffix, &activation)
    }
}
