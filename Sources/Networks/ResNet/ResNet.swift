import Torch

/// The residual network for pictures of everyday size, with a linear layer to the embedding:
///
///     maxpool 3×3 / 2 (relu(bn(conv 7×7 / 2))), four stages of residual blocks, the mean over the map, fc
///
/// | | blocks per stage | block |
/// |---|---|---|
/// | ResNet-18 | 2, 2, 2, 2 | two 3×3 convolutions |
/// | ResNet-34 | 3, 4, 6, 3 | two 3×3 convolutions |
/// | ResNet-50 | 3, 4, 6, 3 | 1×1, 3×3, 1×1 with four times the channels |
///
/// Stages have 64, 128, 256 and 512 channels (four times that after a bottleneck); from the second on
/// they halve the picture in their first block. Any size of picture goes. Names are torchvision's; its `fc`
/// is the embedding here.
///
/// He et al., “Deep residual learning for image recognition”, CVPR 2016, table 1; bottlenecks stride in
/// their 3×3 convolution, as torchvision's do.
public struct ResNet: Backbone {
    public let depth: Depth
    public let shape: NetworkShape
    var convolution: Convolution2d
    var normalization: BatchNorm
    var stages: [[ResNetBlock]]
    var last: Linear

    /// - Throws: ``NetworkSettingError`` when the shape makes no network.
    public init(_ depth: Depth, shape: NetworkShape, generator: Generator) throws {
        try shape.validate()
        self.depth = depth
        self.shape = shape
        let device = generator.device
        convolution = try Convolution2d(
            inputs: shape.input[0], outputs: 64, size: 7, stride: 2, padding: 3, bias: false, generator: generator)
        normalization = try BatchNorm(channels: 64, device: device)
        var inputs = 64
        stages = try zip(depth.blocks, [64, 128, 256, 512]).enumerated().map { stage, sizes in
            let (blocks, channels) = sizes
            return try (0..<blocks).map { block in
                let block = try ResNetBlock(
                    inputs: inputs, channels: channels, stride: block == 0 && stage > 0 ? 2 : 1,
                    isBottleneck: depth.hasBottlenecks, generator: generator)
                inputs = block.outputs
                return block
            }
        }
        last = try Linear(inputs: inputs, outputs: shape.embedding, generator: generator)
    }

    public var inputShape: [Int] { shape.input }
    public var embeddingSize: Int { shape.embedding }

    public func callAsFunction(_ pictures: Tensor, mode: Mode) throws -> Tensor {
        try checkShape(of: pictures)
        let first = try normalization(convolution(pictures), activation: .relu, mode: mode)
            .maxPooled(3, stride: 2, padding: 1)
        let maps = try stages.joined().reduce(first) { try $1($0, mode: mode) }
        return try last(maps.averagePooled().flattened(from: 1))
    }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.part("conv1", &convolution)
        try visitor.part("bn1", &normalization)
        for index in stages.indices {
            try visitor.parts("layer\(index + 1)", &stages[index])
        }
        try visitor.part("fc", &last)
    }
}

extension ResNet {
    /// The depths by name: how many layers have weights, shortcuts apart.
    public enum Depth: Int, Sendable, Hashable, CaseIterable {
        case layers18 = 18
        case layers34 = 34
        case layers50 = 50

        /// Residual blocks per stage.
        var blocks: [Int] { self == .layers18 ? [2, 2, 2, 2] : [3, 4, 6, 3] }

        var hasBottlenecks: Bool { self == .layers50 }
    }
}
