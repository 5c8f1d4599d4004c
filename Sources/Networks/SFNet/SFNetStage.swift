import Torch

/// One unit that halves height and width (rounding up), then residual blocks.
struct SFNetStage: Module {
    var halving: ConvolutionUnit
    var residuals: [ResidualBlock]

    init(
        inputs: Int, outputs: Int, blocks: Int, configuration: SFNet.Configuration, generator: Generator
    ) throws {
        halving = try ConvolutionUnit(
            inputs: inputs, outputs: outputs, stride: 2, initialization: configuration.halvingInitialization,
            configuration: configuration, generator: generator)
        residuals = try (0..<blocks).map { _ in
            try ResidualBlock(channels: outputs, configuration: configuration, generator: generator)
        }
    }

    func callAsFunction(_ x: Tensor, mode: Mode) throws -> Tensor {
        try residuals.reduce(halving(x, mode: mode)) { try $1($0, mode: mode) }
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.part("0", &halving)
        for index in residuals.indices {
            try visitor.part("\(index + 1)", &residuals[index])
        }
    }
}
