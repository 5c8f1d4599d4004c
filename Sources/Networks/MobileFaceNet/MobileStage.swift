import Torch

/// One entry of the list of layers of a ``MobileFaceNet``.
enum MobileStage: Module {
    case unit(MobileUnit)
    /// A bottleneck that halves the map.
    case halving(MobileBottleneck)
    /// Bottlenecks with shortcuts, one after another.
    case residual([MobileBottleneck])

    static func residual(channels: Int, width: Int, count: Int, generator: Generator) throws -> MobileStage {
        .residual(
            try (0..<count).map { _ in
                try MobileBottleneck(
                    inputs: channels, outputs: channels, width: width, stride: 1, isResidual: true,
                    generator: generator)
            })
    }

    static func halving(inputs: Int, outputs: Int, width: Int, generator: Generator) throws -> MobileStage {
        .halving(
            try MobileBottleneck(
                inputs: inputs, outputs: outputs, width: width, stride: 2, isResidual: false, generator: generator))
    }

    func callAsFunction(_ x: Tensor, mode: Mode) throws -> Tensor {
        switch self {
        case .unit(let unit): try unit(x, mode: mode)
        case .halving(let bottleneck): try bottleneck(x, mode: mode)
        case .residual(let bottlenecks): try bottlenecks.reduce(x) { try $1($0, mode: mode) }
        }
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        switch self {
        case .unit(var unit):
            try unit.visit(&visitor)
            self = .unit(unit)
        case .halving(var bottleneck):
            try bottleneck.visit(&visitor)
            self = .halving(bottleneck)
        case .residual(var bottlenecks):
            try visitor.parts("layers", &bottlenecks)
            self = .residual(bottlenecks)
        }
    }
}
