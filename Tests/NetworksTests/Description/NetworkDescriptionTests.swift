import Foundation
import Networks
import Testing
import Torch

@Suite struct NetworkDescriptionTests {
    private func decoded(_ json: String) throws -> NetworkDescription {
        try JSONDecoder().decode(NetworkDescription.self, from: Data(json.utf8))
    }

    @Test func aNameIsEnough() throws {
        let description = try decoded(#"{"name": "sfnet-20"}"#)
        #expect(try description == NetworkDescription("sfnet-20"))
        let settings = try #require(description.settings.sfnet)
        #expect(settings.blocks == [1, 2, 4, 1] && settings.input == [3, 112, 112])
        #expect(settings.embedding == 512 && settings.activation == .prelu && !settings.batchNormalization)
    }

    @Test func whatIsWrittenWins() throws {
        let description = try decoded(
            #"""
            {"name": "sfnet-small", "input": [1, 28, 28], "embedding": 16, "channels": [4, 8], "blocks": [1, 0],
             "activation": "relu", "batch_normalization": false, "embedding_normalization": true,
             "residual": "add-activate"}
            """#)
        #expect(
            description.settings.sfnet
                == SFNet.Configuration(
                    blocks: [1, 0], channels: [4, 8], input: [1, 28, 28], embedding: 16, activation: .relu,
                    batchNormalization: false, embeddingNormalization: true, residual: .addThenActivate))
        let network = try description.backbone(generator: Generator(seed: 0))
        #expect(network.inputShape == [1, 28, 28] && network.embeddingSize == 16)
    }

    @Test func everyNetworkComesBackFromItsEncoding() throws {
        for name in NetworkDescription.names {
            var description = try NetworkDescription(name)
            description.settings.embedding = 7
            let data = try JSONEncoder().encode(description)
            #expect(try JSONDecoder().decode(NetworkDescription.self, from: data) == description)
            let written = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            #expect(Set(written.keys) == Set(description.keys))
        }
    }

    private static let others =
        "iresnet-18, iresnet-50, iresnet-100, resnet-18, resnet-34, resnet-50, resnet-cifar-20, resnet-cifar-56, "
        + "mobilefacenet, mobilefacenet-large, camri-net"

    private static let mistakes = [
        (
            #"{"name": "sfnet20"}"#,
            "name: sfnet20 is none of sfnet-4, sfnet-10, sfnet-20, sfnet-36, sfnet-64, sfnet-small, "
                + "\(others); "
                + "was sfnet-20 meant?"
        ),
        (
            #"{"embedding": 5}"#,
            "name is missing; write one of sfnet-4, sfnet-10, sfnet-20, sfnet-36, sfnet-64, sfnet-small, "
                + others
        ),
        (
            #"{"name": "sfnet-4", "activation": "prely"}"#,
            "activation: prely is none of prelu, relu; was prelu meant?"
        ),
        (
            #"{"name": "sfnet-4", "activation": true}"#,
            "activation: true is none of prelu, relu"
        ),
        (
            #"{"name": "sfnet-4", "embedding": 2.5}"#,
            "embedding: 2.5 must be a whole number, such as 512"
        ),
        (
            #"{"name": "sfnet-4", "embedding": 1}"#,
            "embedding: 1 is no number of dimensions that leaves room for angles; write 2 to 1000000, such as 512"
        ),
        (
            #"{"name": "sfnet-4", "input": [28, 28]}"#,
            "input: [28, 28] is no picture's shape; write [channels, height, width], such as [3, 112, "
                + "112]"
        ),
        (
            #"{"name": "sfnet-4", "input": 28}"#,
            "input: 28 must be [channels, height, width]"
        ),
        (
            #"{"name": "sfnet-20", "blocks": [1, 1, 1, 1]}"#,
            "blocks: [1, 1, 1, 1] is not sfnet-20, which has [1, 2, 4, 1]; leave blocks out, or choose "
                + "them freely with name: sfnet-small"
        ),
        (
            #"{"name": "sfnet-small", "blocks": [1, 1]}"#,
            "blocks: [1, 1] must list one number from 0 to 10000 for each of the 4 stages that channels "
                + "names ([32, 64, 128, 256])"
        ),
        (
            #"{"name": "sfnet-small", "channels": [0]}"#,
            "channels: [0] must list one number from 1 to 65536 per stage, such as [32, 64, 128, 256]"
        ),
        (
            #"{"name": "sfnet-small", "batchNormalisation": true}"#,
            "batchNormalisation is no setting of a network; was batch_normalization meant? Its settings "
                + "are name, input, embedding, channels, blocks, activation, batch_normalization, "
                + "embedding_normalization, residual, width, dropout"
        ),
    ]

    @Test(arguments: mistakes)
    func mistakesAreExplained(_ json: String, _ message: String) throws {
        let error = #expect(throws: NetworkSettingError.self) { try decoded(json) }
        #expect(error?.description == message)
    }

    @Test func settingsThatTheNameFixesAreRefused() {
        let error = #expect(throws: NetworkSettingError.self) {
            try decoded(#"{"name": "iresnet-18", "channels": [4, 8]}"#)
        }
        #expect(
            error?.description
                == "channels is no setting of iresnet-18, whose name fixes it; leave it out. "
                + "Its settings are name, input, embedding")
    }

    @Test func settingsOfAnotherFamilyAreRefused() throws {
        var description = try NetworkDescription("iresnet-18")
        description.settings.sfnet = try NetworkDescription("sfnet-4").settings.sfnet
        let error = #expect(throws: NetworkSettingError.self) { try description.validate() }
        #expect(error?.key == "name" && error?.value == "iresnet-18")
        var camri = try NetworkDescription("camri-net")
        camri.settings = try NetworkDescription("sfnet-4").settings
        #expect(throws: NetworkSettingError.self) { try camri.backbone(generator: Generator(seed: 0)) }
    }

    @Test func settingsChangedInCodeAreCheckedWhenBuilding() throws {
        var description = try NetworkDescription("sfnet-10")
        description.settings.sfnet?.blocks = [9, 9, 9, 9]
        #expect(throws: NetworkSettingError.self) { try description.backbone(generator: Generator(seed: 0)) }
    }
}
