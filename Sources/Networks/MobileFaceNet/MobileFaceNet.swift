import Torch

/// The small network of face recognition: inverted bottlenecks with depthwise convolutions, and at the
/// end a depthwise convolution over the whole map, in which every place has a weight of its own.
///
/// | | channels | blocks |
/// |---|---|---|
/// | mobilefacenet | 128, 128, 256, 256 | one convolution, 4, 6, 2 |
/// | mobilefacenet-large | 256, 256, 512, 512 | 2, 8, 12, 4 |
///
/// The first convolution and three bottlenecks halve the picture, an odd size rounded up. Any size goes:
/// the last convolution's kernel is ⌈height / 16⌉ × ⌈width / 16⌉, the usual 7 × 7 for 112 × 112. The
/// embedding is a linear layer without bias and batch normalisation. Names, widths and groups are those
/// of insightface's `arcface_torch`, whose networks are twice and four times as wide as the paper's.
///
/// Chen et al., “MobileFaceNets: Efficient CNNs for accurate real-time face verification on mobile
/// devices”, CCBR 2018, table 1.
public struct MobileFaceNet: Backbone {
    public let size: Size
    public let shape: NetworkShape
    var stages: [MobileStage]
    var separation: MobileUnit
    var global: MobileUnit
    var last: Linear
    var embeddingNormalization: BatchNorm

    /// - Throws: ``NetworkSettingError`` when the shape makes no network.
    public init(_ size: Size, shape: NetworkShape, generator: Generator) throws {
        try shape.validate()
        self.size = size
        self.shape = shape
        let (narrow, wide) = (64 * size.scale, 128 * size.scale)
        let blocks = size.blocks
        stages = [
            .unit(
                try MobileUnit(
                    inputs: shape.input[0], outputs: narrow, kernel: (3, 3), stride: 2, padding: 1,
                    generator: generator)),
            blocks[0] == 1
                ? .unit(
                    try MobileUnit(
                        inputs: narrow, outputs: narrow, kernel: (3, 3), padding: 1, groups: 64, generator: generator))
                : try .residual(channels: narrow, width: 128, count: blocks[0], generator: generator),
            try .halving(inputs: narrow, outputs: narrow, width: 128, generator: generator),
            try .residual(channels: narrow, width: 128, count: blocks[1], generator: generator),
            try .halving(inputs: narrow, outputs: wide, width: 256, generator: generator),
            try .residual(channels: wide, width: 256, count: blocks[2], generator: generator),
            try .halving(inputs: wide, outputs: wide, width: 512, generator: generator),
            try .residual(channels: wide, width: 256, count: blocks[3], generator: generator),
        ]
        separation = try MobileUnit(inputs: wide, outputs: Self.features, generator: generator)
        global = try MobileUnit(
            inputs: Self.features, outputs: Self.features, kernel: shape.mapSize(afterHalvings: 4),
            groups: Self.features, isLinear: true, generator: generator)
        last = try Linear(
            inputs: Self.features, outputs: shape.embedding, bias: false, initialization: .kaimingNormal(.outgoing),
            generator: generator)
        embeddingNormalization = try BatchNorm(channels: shape.embedding, device: generator.device)
    }

    /// Channels of the last map.
    private static let features = 512

    public var inputShape: [Int] { shape.input }
    public var embeddingSize: Int { shape.embedding }

    public func callAsFunction(_ pictures: Tensor, mode: Mode) throws -> Tensor {
        try checkShape(of: pictures)
        let maps = try stages.reduce(pictures) { try $1($0, mode: mode) }
        let places = try global(separation(maps, mode: mode), mode: mode)
        return try embeddingNormalization(last(places.flattened(from: 1)), mode: mode)
    }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.parts("layers", &stages)
        try visitor.part("conv_sep", &separation)
        try visitor.part("features.layers.0", &global)
        try visitor.part("features.layers.2", &last)
        try visitor.part("features.layers.3", &embeddingNormalization)
    }
}

extension MobileFaceNet {
    /// The two that are in use.
    public enum Size: String, Sendable, Hashable, CaseIterable {
        case usual = "mobilefacenet"
        case large = "mobilefacenet-large"

        /// What the paper's widths are multiplied by.
        var scale: Int {
            switch self {
            case .usual: 2
            case .large: 4
            }
        }

        /// Bottlenecks with a shortcut at each size of map; 1 at the first is a plain convolution.
        var blocks: [Int] {
            switch self {
            case .usual: [1, 4, 6, 2]
            case .large: [2, 8, 12, 4]
            }
        }
    }
}
