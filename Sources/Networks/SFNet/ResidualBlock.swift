import Torch

/// Two convolution units beside the identity; the order of ``SFNet/ResidualOrder``.
struct ResidualBlock: Module {
    var first: ConvolutionUnit
    var second: ConvolutionUnit
    let order: SFNet.ResidualOrder

    init(channels: Int, configuration: SFNet.Configuration, generator: Generator) throws {
        let initialization = configuration.residualInitialization
        first = try ConvolutionUnit(
            inputs: channels, outputs: channels, initialization: initialization, configuration: configuration,
            generator: generator)
        second = try ConvolutionUnit(
            inputs: channels, outputs: channels, suffix: "2", initialization: initialization,
            configuration: configuration, generator: generator)
        order = configuration.residual
    }

    func callAsFunction(_ x: Tensor, mode: Mode) throws -> Tensor {
        let y = try first(x, mode: mode)
        return switch order {
        case .activateThenAdd: try second(y, thenAdding: x, mode: mode)
        case .addThenActivate: try second(y, adding: x, mode: mode)
        }
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try first.visit(&visitor)
        try second.visit(&visitor)
    }
}
