import Torch

/// Widened by a 1×1 convolution, seen place by place by a 3×3 one that keeps channels apart, and
/// narrowed by a linear 1×1 one:
///
///     y = narrow(depthwise(widen(x)))  [+ x]
///
/// Sandler et al., “MobileNetV2: Inverted residuals and linear bottlenecks”, CVPR 2018, section 3, with
/// PReLU for its ReLU6.
struct MobileBottleneck: Module {
    var widen: MobileUnit
    var depthwise: MobileUnit
    var narrow: MobileUnit
    let isResidual: Bool

    /// - Parameter width: channels between the two 1×1 convolutions.
    init(inputs: Int, outputs: Int, width: Int, stride: Int, isResidual: Bool, generator: Generator) throws {
        precondition(!isResidual || stride == 1 && inputs == outputs, "a shortcut keeps the shape")
        widen = try MobileUnit(inputs: inputs, outputs: width, generator: generator)
        depthwise = try MobileUnit(
            inputs: width, outputs: width, kernel: (3, 3), stride: stride, padding: 1, groups: width,
            generator: generator)
        narrow = try MobileUnit(inputs: width, outputs: outputs, isLinear: true, generator: generator)
        self.isResidual = isResidual
    }

    func callAsFunction(_ x: Tensor, mode: Mode) throws -> Tensor {
        let y = try narrow(depthwise(widen(x, mode: mode), mode: mode), mode: mode)
        return isResidual ? try x + y : y
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.part("layers.0", &widen)
        try visitor.part("layers.1", &depthwise)
        try visitor.part("layers.2", &narrow)
    }
}
