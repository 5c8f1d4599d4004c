import Torch

/// A network by name, with what its settings are where nothing else is said.
struct NetworkPreset: Sendable {
    /// What the name fixes.
    enum Structure: Sendable {
        /// Whether `blocks` is part of what the name means.
        case sfnet(fixesBlocks: Bool)
        case iresnet(IResNet.Depth)
        case resnet(ResNet.Depth)
        case cifarResNet(CIFARResNet.Depth)
        case mobileFaceNet(MobileFaceNet.Size)
        case camriNet
    }

    let name: String
    let structure: Structure
    let settings: NetworkSettings

    static let all: [NetworkPreset] = sfnets + iresnets + resnets + cifarResNets + mobileFaceNets + camriNets

    private static let sfnets: [NetworkPreset] =
        [
            (4, [0, 0, 0, 0]), (10, [0, 1, 2, 0]), (20, [1, 2, 4, 1]), (36, [2, 4, 8, 2]), (64, [3, 8, 16, 3]),
        ].map { depth, blocks in
            NetworkPreset(
                name: "sfnet-\(depth)", structure: .sfnet(fixesBlocks: true),
                settings: .sfnet(SFNet.Configuration(blocks: blocks)))
        } + [
            NetworkPreset(
                name: "sfnet-small", structure: .sfnet(fixesBlocks: false),
                settings: .sfnet(
                    SFNet.Configuration(
                        blocks: [0, 1, 1, 0], channels: [32, 64, 128, 256], input: [1, 32, 32], embedding: 128,
                        batchNormalization: true)))
        ]

    private static let iresnets = IResNet.Depth.allCases.map { depth in
        NetworkPreset(
            name: "iresnet-\(depth.rawValue)", structure: .iresnet(depth),
            settings: .shape(NetworkShape(input: [3, 112, 112], embedding: 512)))
    }

    private static let resnets = ResNet.Depth.allCases.map { depth in
        NetworkPreset(
            name: "resnet-\(depth.rawValue)", structure: .resnet(depth),
            settings: .shape(NetworkShape(input: [3, 224, 224], embedding: 512)))
    }

    private static let cifarResNets = CIFARResNet.Depth.allCases.map { depth in
        NetworkPreset(
            name: "resnet-cifar-\(depth.rawValue)", structure: .cifarResNet(depth),
            settings: .shape(NetworkShape(input: [3, 32, 32], embedding: 64)))
    }

    private static let mobileFaceNets = MobileFaceNet.Size.allCases.map { size in
        NetworkPreset(
            name: size.rawValue, structure: .mobileFaceNet(size),
            settings: .shape(NetworkShape(input: [3, 112, 112], embedding: 512)))
    }

    private static let camriNets = [
        NetworkPreset(name: "camri-net", structure: .camriNet, settings: .camriNet(CAMRINet.Configuration()))
    ]

    static subscript(name: String) -> NetworkPreset? { all.first { $0.name == name } }
}

extension NetworkPreset.Structure {
    /// - Throws: ``NetworkSettingError`` when the settings make no network, or are another family's.
    func backbone(_ name: String, _ settings: NetworkSettings, generator: Generator) throws -> any Backbone {
        switch (self, settings) {
        case (.sfnet, .sfnet(let configuration)): try SFNet(configuration, generator: generator)
        case (.iresnet(let depth), .shape(let shape)): try IResNet(depth, shape: shape, generator: generator)
        case (.resnet(let depth), .shape(let shape)): try ResNet(depth, shape: shape, generator: generator)
        case (.cifarResNet(let depth), .shape(let shape)):
            try CIFARResNet(depth, shape: shape, generator: generator)
        case (.mobileFaceNet(let size), .shape(let shape)):
            try MobileFaceNet(size, shape: shape, generator: generator)
        case (.camriNet, .camriNet(let configuration)): try CAMRINet(configuration, generator: generator)
        case (.sfnet, _), (.camriNet, _), (_, .sfnet), (_, .camriNet):
            throw NetworkSettingError.anotherFamily(name)
        }
    }
}
