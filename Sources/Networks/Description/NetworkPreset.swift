/// A network by name, with what its settings are where nothing else is said.
struct NetworkPreset: Sendable {
    let name: String
    let settings: SFNet.Configuration
    /// Whether `blocks` is part of what the name means.
    let fixesBlocks: Bool

    static let all: [NetworkPreset] =
        [
            (4, [0, 0, 0, 0]), (10, [0, 1, 2, 0]), (20, [1, 2, 4, 1]), (36, [2, 4, 8, 2]), (64, [3, 8, 16, 3]),
        ].map { depth, blocks in
            NetworkPreset(name: "sfnet-\(depth)", settings: SFNet.Configuration(blocks: blocks), fixesBlocks: true)
        } + [
            NetworkPreset(
                name: "sfnet-small",
                settings: SFNet.Configuration(
                    blocks: [0, 1, 1, 0], channels: [32, 64, 128, 256], input: [1, 32, 32], embedding: 128,
                    batchNormalization: true),
                fixesBlocks: false)
        ]

    static subscript(name: String) -> NetworkPreset? { all.first { $0.name == name } }
}
