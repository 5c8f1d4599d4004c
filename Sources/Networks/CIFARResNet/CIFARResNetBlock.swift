import Torch

/// A residual block whose shortcut has no parameters (option A of the paper):
///
///     y = relu(bn2(conv2(relu(bn1(conv1(x))))) + shortcut(x))
///
/// Where the shape changes, the shortcut keeps every second row and column and puts the channels between
/// channels of zeros, as many before as after.
struct CIFARResNetBlock: Module {
    var convolution1: Convolution2d
    var normalization1: BatchNorm
    var convolution2: Convolution2d
    var normalization2: BatchNorm
    let stride: Int
    /// Channels of zeros on either side.
    let addedChannels: Int

    init(inputs: Int, outputs: Int, stride: Int, generator: Generator) throws {
        let initialization = CIFARResNet.initialization
        convolution1 = try Convolution2d(
            inputs: inputs, outputs: outputs, size: 3, stride: stride, padding: 1, bias: false,
            initialization: initialization, generator: generator)
        normalization1 = try BatchNorm(channels: outputs, device: generator.device)
        convolution2 = try Convolution2d(
            inputs: outputs, outputs: outputs, size: 3, padding: 1, bias: false, initialization: initialization,
            generator: generator)
        normalization2 = try BatchNorm(channels: outputs, device: generator.device)
        self.stride = stride
        addedChannels = (outputs - inputs) / 2
    }

    func callAsFunction(_ x: Tensor, mode: Mode) throws -> Tensor {
        let inner = try normalization1(convolution1(x), activation: .relu, mode: mode)
        return try normalization2(convolution2(inner), adding: shortcut(x), activation: .relu, mode: mode)
    }

    private func shortcut(_ x: Tensor) throws -> Tensor {
        guard stride > 1 || addedChannels > 0 else { return x }
        return try x.strided(stride, dimension: 2).strided(stride, dimension: 3)
            .padded(before: addedChannels, after: addedChannels, dimension: 1)
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.part("conv1", &convolution1)
        try visitor.part("bn1", &normalization1)
        try visitor.part("conv2", &convolution2)
        try visitor.part("bn2", &normalization2)
    }
}

extension Tensor {
    private static let sliceOperator = Operator("aten::slice.Tensor")
    private static let padOperator = Operator("aten::constant_pad_nd")

    /// Every `step`-th entry of a dimension from the first on, as a view.
    fileprivate func strided(_ step: Int, dimension: Int) throws -> Tensor {
        try Tensor.sliceOperator(self, dimension, 0, size(dimension), step)
    }

    /// Zeros on either side of a dimension.
    fileprivate func padded(before: Int, after: Int, dimension: Int) throws -> Tensor {
        // Pairs for the dimensions from the last one down to this one.
        let pairs = [Int](repeating: 0, count: 2 * (rank - 1 - dimension)) + [before, after]
        return try Tensor.padOperator(self, pairs, 0.0)
    }
}
