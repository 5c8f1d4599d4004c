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
/// Every network has these keys:
///
/// | key | value |
/// |---|---|
/// | `name` | one of ``names`` |
/// | `input` | [channels, height, width] |
/// | `embedding` | dimensions, from 2 on |
///
/// | name | `input` | `embedding` |
/// |---|---|---|
/// | sfnet-4, -10, -20, -36, -64 | [3, 112, 112] | 512 |
/// | sfnet-small | [1, 32, 32] | 128 |
/// | iresnet-18, -50, -100 | [3, 112, 112] | 512 |
/// | resnet-18, -34, -50 | [3, 224, 224] | 512 |
/// | resnet-cifar-20, -56 | [3, 32, 32] | 64 |
/// | mobilefacenet, mobilefacenet-large | [3, 112, 112] | 512 |
/// | camri-net | [3, 32, 32] | 512 |
///
/// SFNets have more:
///
/// | key | value | sfnet-4, -10, -20, -36, -64 | sfnet-small |
/// |---|---|---|---|
/// | `channels` | one number per stage | [64, 128, 256, 512] | [32, 64, 128, 256] |
/// | `blocks` | residual blocks per stage | fixed by the name | [0, 1, 1, 0] |
/// | `activation` | `prelu` or `relu` | `prelu` | `prelu` |
/// | `batch_normalization` | after each convolution | false | true |
/// | `embedding_normalization` | after the last layer | false | false |
/// | `residual` | `activate-add` or `add-activate` | `activate-add` | `activate-add` |
///
/// CAMRI's network too:
///
/// | key | value | camri-net |
/// |---|---|---|
/// | `width` | channels of the first stage, from 1 on | 64 |
/// | `dropout` | probability of a zero, from 0 up to, but not including, 1 | 0.25 |
public struct NetworkDescription: Sendable, Hashable {
    public let name: String
    public var settings: NetworkSettings

    /// Every name there is.
    public static var names: [String] { NetworkPreset.all.map(\.name) }

    /// Every key there is, in the order in which they are written.
    public static var keys: [String] { Key.allCases.map(\.rawValue) }

    /// The keys that this network has.
    public var keys: [String] { Key.keys(of: settings).map(\.rawValue) }

    /// The network of that name, with its usual settings.
    ///
    /// - Throws: ``NetworkSettingError`` when there is none; it names the nearest.
    public init(_ name: String) throws(NetworkSettingError) {
        settings = try Self.preset(name).settings
        self.name = name
    }

    /// - Throws: ``NetworkSettingError`` for the first setting that makes no network, or not the
    ///   one of that name.
    public func validate() throws(NetworkSettingError) {
        try settings.validate()
        let preset = try preset()
        guard settings.isOfFamily(of: preset.settings) else { throw .anotherFamily(name) }
        if case .sfnet(fixesBlocks: true) = preset.structure, let blocks = settings.sfnet?.blocks,
            let usual = preset.settings.sfnet?.blocks, blocks != usual
        {
            throw NetworkSettingError(
                key: Key.blocks.rawValue, value: "\(blocks)",
                reason: "is not \(name), which has \(usual); leave blocks out, "
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
        return try preset().structure.backbone(name, settings, generator: generator)
    }

    private func preset() throws(NetworkSettingError) -> NetworkPreset { try Self.preset(name) }

    private static func preset(_ name: String) throws(NetworkSettingError) -> NetworkPreset {
        guard let preset = NetworkPreset[name] else {
            throw .unknown(key: Key.name.rawValue, value: name, known: names)
        }
        return preset
    }
}

extension NetworkDescription {
    enum Key: String, CodingKey, CaseIterable {
        case name, input, embedding, channels, blocks, activation
        case batchNormalization = "batch_normalization"
        case embeddingNormalization = "embedding_normalization"
        case residual, width, dropout

        /// Those that a family has.
        static func keys(of settings: NetworkSettings) -> [Key] {
            let common: [Key] = [.name, .input, .embedding]
            return switch settings {
            case .sfnet:
                common + [.channels, .blocks, .activation, .batchNormalization, .embeddingNormalization, .residual]
            case .camriNet: common + [.width, .dropout]
            case .shape: common
            }
        }
    }
}

extension NetworkSettingError {
    /// Settings of a network that is not of the name's family.
    static func anotherFamily(_ name: String) -> NetworkSettingError {
        NetworkSettingError(
            key: "name", value: name,
            reason: "does not go with the settings of another family; start from NetworkDescription(\"\(name)\")")
    }

    /// A value that is none of those known.
    static func unknown(key: String, value: String, known: [String]) -> NetworkSettingError {
        let meant = nearest(value, among: known).map { "; was \($0) meant?" } ?? ""
        return NetworkSettingError(
            key: key, value: value, reason: "is none of \(known.joined(separator: ", "))\(meant)")
    }
}
