import Foundation
import Networks
import Testing
import Torch

/// What PyTorch computed for one configuration (scripts/fixtures/sfnet.py).
struct SFNetFixture {
    let configuration: SFNet.Configuration
    let inputs: Tensor
    /// The state dictionary by the hash rule, float32, without batch counters.
    let state: [(name: String, tensor: Tensor)]
    let embedding: Tensor
    let trainingEmbedding: Tensor?
    let gradientNorms: [Double]

    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")

    static let names = fixtureNames(in: folder)

    init(_ name: String) throws {
        let file = try Safetensors.load(Self.folder.appendingPathComponent(name + ".safetensors"))
        embedding = try #require(file.tensors["embedding"])
        trainingEmbedding = file.tensors["embedding_training"]
        gradientNorms = try #require(file.tensors["gradient_norms"]).elements()

        let json = try #require(file.metadata["sfnet"])
        let description = try JSONDecoder().decode(Description.self, from: Data(json.utf8))
        configuration = description.configuration
        inputs = try hashedNumbers(
            sequence: description.inputSequence, shape: [description.batch] + configuration.input)
        state = try description.state.tensors()
    }

    /// The network with the fixture's parameters, in float32.
    func network() throws -> SFNet {
        let network = try SFNet(configuration, generator: Generator(seed: 0))
        try network.load(hashed: state)
        return network
    }

    private struct Description: Decodable {
        let blocks: [Int]
        let channels: [Int]
        let input: [Int]
        let embedding: Int
        let activation: Activation.Kind
        let batchNorm: Bool
        let embeddingNorm: Bool
        let residual: SFNet.ResidualOrder
        let batch: Int
        let inputSequence: Int
        let state: [HashedEntry]
        enum CodingKeys: String, CodingKey {
            case blocks, channels, input, embedding, activation, residual, batch, state
            case batchNorm = "batch_norm"
            case embeddingNorm = "embedding_norm"
            case inputSequence = "input_sequence"
        }

        var configuration: SFNet.Configuration {
            SFNet.Configuration(
                blocks: blocks, channels: channels, input: input, embedding: embedding,
                activation: activation, batchNormalization: batchNorm,
                embeddingNormalization: embeddingNorm, residual: residual)
        }
    }
}
