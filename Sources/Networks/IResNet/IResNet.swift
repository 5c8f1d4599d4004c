import Torch

/// The improved residual network of face recognition: a first convolution at full size, four stages that
/// halve the picture in their first block, and one linear layer to a normalised embedding.
///
/// | | residual blocks per stage |
/// |---|---|
/// | IResNet-18 | 2, 2, 2, 2 |
/// | IResNet-50 | 3, 4, 14, 3 |
/// | IResNet-100 | 3, 13, 30, 3 |
///
/// Stages have 64, 128, 256 and 512 channels. Any size of picture goes: a stage rounds an odd size up, and
/// the linear layer has 512 · ⌈height / 16⌉ · ⌈width / 16⌉ inputs. The last batch normalisation centres and
/// scales each dimension of the embedding over the batch and has a learned bias; its weight stays one.
/// There is no dropout. Names are those of insightface's `arcface_torch`.
///
/// Deng et al., “ArcFace: Additive angular margin loss for deep face recognition”, CVPR 2019, section
/// 3.1; blocks by Han et al., “Deep pyramidal residual networks”, CVPR 2017.
public struct IResNet: Backbone {
    public let depth: Depth
    public let shape: NetworkShape
    var convolution: Convolution2d
    var normalization: BatchNorm
    var activation: PReLU
    var stages: [[IResNetBlock]]
    var lastNormalization: BatchNorm
    var last: Linear
    var embeddingNormalization: BatchNorm

    static let initialization = Initialization.normal(deviation: 0.1)

    /// - Throws: ``NetworkSettingError`` when the shape makes no network.
    public init(_ depth: Depth, shape: NetworkShape, generator: Generator) throws {
        try shape.validate()
        self.depth = depth
        self.shape = shape
        let channels = [64, 128, 256, 512]
        let device = generator.device
        convolution = try Convolution2d(
            inputs: shape.input[0], outputs: channels[0], size: 3, padding: 1, bias: false,
            initialization: Self.initialization, generator: generator)
        normalization = try BatchNorm(channels: channels[0], device: device)
        activation = try PReLU(channels: channels[0], device: device)
        stages = try zip(depth.blocks, channels).enumerated().map { stage, sizes in
            let (blocks, outputs) = sizes
            return try (0..<blocks).map { block in
                try IResNetBlock(
                    inputs: block == 0 ? channels[max(stage - 1, 0)] : outputs, outputs: outputs,
                    stride: block == 0 ? 2 : 1, generator: generator)
            }
        }
        lastNormalization = try BatchNorm(channels: channels[3], device: device)
        let map = shape.mapSize(afterHalvings: stages.count)
        last = try Linear(
            inputs: channels[3] * map.height * map.width, outputs: shape.embedding, generator: generator)
        embeddingNormalization = try BatchNorm(channels: shape.embedding, learnsWeight: false, device: device)
    }

    public var inputShape: [Int] { shape.input }
    public var embeddingSize: Int { shape.embedding }

    public func callAsFunction(_ pictures: Tensor, mode: Mode) throws -> Tensor {
        try checkShape(of: pictures)
        let first = try normalization(convolution(pictures), activation: .prelu(activation), mode: mode)
        let maps = try stages.joined().reduce(first) { try $1($0, mode: mode) }
        let embeddings = try last(lastNormalization(maps, mode: mode).flattened(from: 1))
        return try embeddingNormalization(embeddings, mode: mode)
    }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.part("conv1", &convolution)
        try visitor.part("bn1", &normalization)
        try visitor.part("prelu", &activation)
        for index in stages.indices {
            try visitor.parts("layer\(index + 1)", &stages[index])
        }
        try visitor.part("bn2", &lastNormalization)
        try visitor.part("fc", &last)
        try visitor.part("features", &embeddingNormalization)
    }
}

extension IResNet {
    /// The depths by name: layers counted as the field counts them.
    public enum Depth: Int, Sendable, Hashable, CaseIterable {
        case layers18 = 18
        case layers50 = 50
        case layers100 = 100

        /// Residual blocks per stage.
        var blocks: [Int] {
            switch self {
            case .layers18: [2, 2, 2, 2]
            case .layers50: [3, 4, 14, 3]
            case .layers100: [3, 13, 30, 3]
            }
        }
    }
}
