import Torch

/// The convolutional network that CAMRI was trained with on CIFAR-10: 3×3 convolutions, each followed by a rectifier, in
/// four stages, then the mean over the map, one linear layer and batch normalisation.
///
/// | stage | with w = width | ends with |
/// |---|---|---|
/// | 1 | w, w, BN, w | 2×2 maxima, dropout |
/// | 2 | 2w, 2w, BN, 2w | 2×2 maxima, dropout |
/// | 3 | 4w, 4w, BN, 4w, 4w, 4w, BN | |
/// | 4 | 8w, 8w | |
///
/// The network of the paper has w = 64; a smaller w is the same design with less of everything. Any size of picture
/// from 4×4 on goes: maxima leave out an odd last row or column.
///
/// Nishiyama et al., “CAMRI loss”, IJCNN 2022, as in the authors' code; weights of convolutions are drawn as Glorot and
/// Bengio say, uniformly, and those of the linear layer as He et al. say.
public struct CAMRINet: Backbone {
    public let configuration: Configuration
    var stages: [CAMRINetStage]
    var last: Linear
    var embeddingNormalization: BatchNorm

    /// - Throws: ``NetworkSettingError`` when the configuration makes no network.
    public init(_ configuration: Configuration, generator: Generator) throws {
        try configuration.validate()
        self.configuration = configuration
        let width = configuration.width
        let layouts: [CAMRINetStage.Layout] = [
            .init(channels: width, normalized: [false, true, false], isPooled: true),
            .init(channels: 2 * width, normalized: [false, true, false], isPooled: true),
            .init(channels: 4 * width, normalized: [false, true, false, false, true], isPooled: false),
            .init(channels: 8 * width, normalized: [false, false], isPooled: false),
        ]
        let inputs = [configuration.input[0]] + layouts.map(\.channels)
        stages = try layouts.enumerated().map { index, layout in
            try CAMRINetStage(
                inputs: inputs[index], layout,
                dropout: Dropout(probability: configuration.dropout, number: index), generator: generator)
        }
        last = try Linear(
            inputs: 8 * width, outputs: configuration.embedding, initialization: .kaimingNormal(.incoming),
            generator: generator)
        embeddingNormalization = try BatchNorm(channels: configuration.embedding, device: generator.device)
    }

    public var inputShape: [Int] { configuration.input }
    public var embeddingSize: Int { configuration.embedding }

    public func callAsFunction(_ pictures: Tensor, mode: Mode) throws -> Tensor {
        try checkShape(of: pictures)
        let maps = try stages.reduce(pictures) { try $1($0, mode: mode) }
        return try embeddingNormalization(last(maps.averagePooled().flattened(from: 1)), mode: mode)
    }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {
        for index in stages.indices {
            try visitor.part("layer\(index + 1)", &stages[index])
        }
        try visitor.part("fc", &last)
        try visitor.part("features", &embeddingNormalization)
    }
}
