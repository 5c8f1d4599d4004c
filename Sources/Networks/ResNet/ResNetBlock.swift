import Torch

/// A residual block, with rectifiers between its convolutions and after the sum:
///
///     y = relu(bn2(conv2(relu(bn1(conv1(x))))) + shortcut(x))                       3×3, 3×3
///     y = relu(bn3(conv3(relu(bn2(conv2(relu(bn1(conv1(x)))))))) + shortcut(x))     1×1, 3×3, 1×1
///
/// The first 3×3 convolution has the stride.
struct ResNetBlock: Module {
    var convolutions: [Convolution2d]
    var normalizations: [BatchNorm]
    var shortcut: Projection?
    let outputs: Int

    init(inputs: Int, channels: Int, stride: Int, isBottleneck: Bool, generator: Generator) throws {
        outputs = isBottleneck ? 4 * channels : channels
        let sizes = isBottleneck ? [1, 3, 1] : [3, 3]
        let widths = [inputs] + [Int](repeating: channels, count: sizes.count - 1) + [outputs]
        let strided = isBottleneck ? 1 : 0
        convolutions = try sizes.indices.map { index in
            try Convolution2d(
                inputs: widths[index], outputs: widths[index + 1], size: sizes[index],
                stride: index == strided ? stride : 1, padding: sizes[index] / 2, bias: false, generator: generator)
        }
        normalizations = try widths.dropFirst().map { try BatchNorm(channels: $0, device: generator.device) }
        shortcut = try Projection(
            inputs: inputs, outputs: outputs, stride: stride, initialization: .kaimingNormal(.outgoing),
            generator: generator)
    }

    func callAsFunction(_ x: Tensor, mode: Mode) throws -> Tensor {
        var y = x
        for index in convolutions.indices {
            let isLast = index == convolutions.count - 1
            y = try normalizations[index](
                convolutions[index](y), adding: isLast ? shortcut?(x, mode: mode) ?? x : nil, activation: .relu,
                mode: mode)
        }
        return y
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        for index in convolutions.indices {
            try visitor.part("conv\(index + 1)", &convolutions[index])
            try visitor.part("bn\(index + 1)", &normalizations[index])
        }
        try visitor.part("downsample", &shortcut)
    }
}
