import Foundation
import Networks
import Testing
import Torch

/// What PyTorch computed for one network with small pictures (scripts/fixtures/backbones.py).
struct BackboneFixture {
    let description: NetworkDescription
    let inputs: Tensor
    let state: [HashedEntry]
    let embedding: Tensor
    let trainingEmbedding: Tensor
    /// Of ½ Σ embedding² in evaluation, one per parameter, where the fixture has them.
    let gradientNorms: Tensor?

    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures/Backbones")

    static let names = fixtureNames(in: folder)

    init(_ name: String) throws {
        let file = try Safetensors.load(Self.folder.appendingPathComponent(name + ".safetensors"))
        embedding = try #require(file.tensors["embedding"])
        trainingEmbedding = try #require(file.tensors["embedding_training"])
        gradientNorms = file.tensors["gradient_norms"]
        let json = try #require(file.metadata["backbone"])
        let stored = try JSONDecoder().decode(Stored.self, from: Data(json.utf8))
        var description = try NetworkDescription(stored.name)
        description.settings.input = stored.input
        description.settings.embedding = stored.embedding
        // Each side would draw masks of its own.
        description.settings.camriNet?.dropout = 0
        self.description = description
        inputs = try hashedNumbers(sequence: stored.inputSequence, shape: [stored.batch] + stored.input)
        state = stored.state
    }

    private struct Stored: Decodable {
        let name: String
        let input: [Int]
        let embedding: Int
        let batch: Int
        let inputSequence: Int
        let state: [HashedEntry]
        enum CodingKeys: String, CodingKey {
            case name, input, embedding, batch, state
            case inputSequence = "input_sequence"
        }
    }
}
