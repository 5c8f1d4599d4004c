import Torch

/// The convolutional network of SphereFace: stages that halve the picture and go through residual
/// blocks, then one linear layer to the embedding.
///
/// | | residual blocks per stage |
/// |---|---|
/// | SFNet-4 | 0, 0, 0, 0 |
/// | SFNet-10 | 0, 1, 2, 0 |
/// | SFNet-20 | 1, 2, 4, 1 |
/// | SFNet-36 | 2, 4, 8, 2 |
/// | SFNet-64 | 3, 8, 16, 3 |
///
/// The network of 2017 has PReLU and no batch normalisation, and 64, 128, 256 and 512 channels. Any
/// size of picture goes: a stage rounds an odd size up, and the linear layer has
/// channels · ⌈height / 2ˢ⌉ · ⌈width / 2ˢ⌉ inputs after s stages.
///
/// Liu et al., “SphereFace: Deep hypersphere embedding for face recognition”, CVPR 2017, table 2.
public struct SFNet: Backbone {
    public let configuration: Configuration
    var stages: [SFNetStage]
    var last: Linear
    var embeddingNormalization: BatchNorm?

    /// - Throws: ``NetworkSettingError`` when the configuration makes no network.
    public init(_ configuration: Configuration, generator: Generator) throws {
        try configuration.validate()
        self.configuration = configuration
        let inputs = [configuration.input[0]] + configuration.channels
        stages = try zip(zip(inputs, configuration.channels), configuration.blocks).map { sizes, blocks in
            try SFNetStage(
                inputs: sizes.0, outputs: sizes.1, blocks: blocks, configuration: configuration,
                generator: generator)
        }
        last = try Linear(
            inputs: configuration.flattenedSize, outputs: configuration.embedding, generator: generator)
        embeddingNormalization =
            configuration.embeddingNormalization
            ? try BatchNorm(channels: configuration.embedding, device: generator.device) : nil
    }

    public var inputShape: [Int] { configuration.input }
    public var embeddingSize: Int { configuration.embedding }

    public func callAsFunction(_ pictures: Tensor, mode: Mode) throws -> Tensor {
        try checkShape(of: pictures)
        let maps = try stages.reduce(pictures) { try $1($0, mode: mode) }
        let embeddings = try last(maps.flattened(from: 1))
        return try embeddingNormalization?(embeddings, mode: mode) ?? embeddings
    }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {
        for index in stages.indices {
            try visitor.part("layer\(index + 1)", &stages[index])
        }
        try visitor.part("fc", &last)
        try visitor.part("features", &embeddingNormalization)
    }
}

extension SFNet.Configuration {
    /// How many numbers are left of a picture after the last stage.
    var flattenedSize: Int {
        let halve = { (size: Int, _: Int) in (size + 1) / 2 }
        let height = channels.reduce(input[1], halve)
        let width = channels.reduce(input[2], halve)
        return (channels.last ?? input[0]) * height * width
    }
}
