import Suggestions
import Torch

/// A network by name with its settings: what recipes and model folders store.
///
/// ```yaml
/// name: sfnet-small
/// input: [1, 28, 28]
/// embedding: 64
/// activation: relu
/// ```
///
/// Decoding takes what is not written from the name; encoding writes everything, so that a stored
/// description means the same for ever.
///
/// | key | value | sfnet-4, -10, -20, -36, -64 | sfnet-small |
/// |---|---|---|---|
/// | `name` | one of ``names`` | | |
/// | `input` | [channels, height, width] | [3, 112, 112] | [1, 32, 32] |
/// | `embedding` | dimensions, from 2 on | 512 | 128 |
/// | `channels` | one number per stage | [64, 128, 256, 512] | [32, 64, 128, 256] |
/// | `blocks` | residual blocks per stage | fixed by the name | [0, 1, 1, 0] |
/// | `activation` | `prelu` or `relu` | `prelu` | `prelu` |
/// | `batch_normalization` | after each convolution | false | true |
/// | `embedding_normalization` | after the last layer | false | false |
/// | `residual` | `activate-add` or `add-activate` | `activate-add` | `activate-add` |
public struct NetworkDescription: Sendable, Hashable {
    public let name: String
    public var settings: SFNet.Configuration

    /// Every name there is.
    public static var names: [String] { NetworkPreset.all.map(\.name) }

    /// Every key there is, in the order in which they are written.
    public static var keys: [String] { Key.allCases.map(\.rawValue) }

    /// The network of that name, with its usual settings.
    ///
    /// - Throws: ``NetworkSettingError`` when there is none; it names the nearest.
    public init(_ name: String) throws(NetworkSettingError) {
        guard let preset = NetworkPreset[name] else {
            throw .unknown(key: Key.name.rawValue, value: name, known: Self.names)
        }
        self.name = name
        settings = preset.settings
    }

    /// - Throws: ``NetworkSettingError`` for the first setting that makes no network, or not the
    ///   one of that name.
    public func validate() throws(NetworkSettingError) {
        try settings.validate()
        if let preset = NetworkPreset[name], preset.fixesBlocks, settings.blocks != preset.settings.blocks {
            throw NetworkSettingError(
                key: Key.blocks.rawValue, value: "\(settings.blocks)",
                reason: "is not \(name), which has \(preset.settings.blocks); leave blocks out, "
                    + "or choose them freely with name: sfnet-small")
        }
    }

    /// Builds the network with weights drawn from `generator`, on its device, in float32.
    ///
    /// The same description and seed give the same weights.
    ///
    /// - Throws: ``NetworkSettingError``, as ``validate()`` does.
    public func backbone(generator: Generator) throws -> any Backbone {
        try validate()
        return try SFNet(settings, generator: generator)
    }
}

extension NetworkDescription {
    enum Key: String, CodingKey, CaseIterable {
        case name, input, embedding, channels, blocks, activation
        case batchNormalization = "batch_normalization"
        case embeddingNormalization = "embedding_normalization"
        case residual
    }
}

extension NetworkSettingError {
    /// A value that is none of those known.
    static func unknown(key: String, value: String, known: [String]) -> NetworkSettingError {
        let meant = nearest(value, among: known).map { "; was \($0) meant?" } ?? ""
        return NetworkSettingError(
            key: key, value: value, reason: "is none of \(known.joined(separator: ", "))\(meant)")
    }
}
