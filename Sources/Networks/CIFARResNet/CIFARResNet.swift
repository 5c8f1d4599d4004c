import Torch

/// The residual network of 6n + 2 layers for small pictures, with a linear layer to the embedding: a 3×3
/// convolution, three stages of n blocks with 16, 32 and 64 channels, the mean over the map, `linear`.
///
/// The second and third stages halve the picture in their first block, rounding up. Any size of picture
/// goes. Names are those of `pytorch_resnet_cifar10`; its `linear` is the embedding here.
///
/// He et al., “Deep residual learning for image recognition”, CVPR 2016, section 4.2, option A.
public struct CIFARResNet: Backbone {
    public let depth: Depth
    public let shape: NetworkShape
    var convolution: Convolution2d
    var normalization: BatchNorm
    var stages: [[CIFARResNetBlock]]
    var last: Linear

    static let initialization = Initialization.kaimingNormal(.incoming)

    /// - Throws: ``NetworkSettingError`` when the shape makes no network.
    public init(_ depth: Depth, shape: NetworkShape, generator: Generator) throws {
        try shape.validate()
        self.depth = depth
        self.shape = shape
        convolution = try Convolution2d(
            inputs: shape.input[0], outputs: 16, size: 3, padding: 1, bias: false,
            initialization: Self.initialization, generator: generator)
        normalization = try BatchNorm(channels: 16, device: generator.device)
        stages = try [(16, 16), (16, 32), (32, 64)].map { before, outputs in
            try (0..<depth.blocksPerStage).map { block in
                try CIFARResNetBlock(
                    inputs: block == 0 ? before : outputs, outputs: outputs,
                    stride: block == 0 && before != outputs ? 2 : 1, generator: generator)
            }
        }
        last = try Linear(
            inputs: 64, outputs: shape.embedding, initialization: Self.initialization, generator: generator)
    }

    public var inputShape: [Int] { shape.input }
    public var embeddingSize: Int { shape.embedding }

    public func callAsFunction(_ pictures: Tensor, mode: Mode) throws -> Tensor {
        try checkShape(of: pictures)
        let first = try normalization(convolution(pictures), activation: .relu, mode: mode)
        let maps = try stages.joined().reduce(first) { try $1($0, mode: mode) }
        return try last(maps.averagePooled().flattened(from: 1))
    }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.part("conv1", &convolution)
        try visitor.part("bn1", &normalization)
        for index in stages.indices {
            try visitor.parts("layer\(index + 1)", &stages[index])
        }
        try visitor.part("linear", &last)
    }
}

extension CIFARResNet {
    /// The depths by name: how many layers have weights.
    public enum Depth: Int, Sendable, Hashable, CaseIterable {
        case layers20 = 20
        case layers56 = 56

        /// n, of 6n + 2 layers.
        var blocksPerStage: Int { (rawValue - 2) / 6 }
    }
}
