import Foundation
import Networks
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

    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".safetensors") }.map { String($0.dropLast(12)) }.sorted()
    }()

    init(_ name: String) throws {
        let bytes = try Data(contentsOf: Self.folder.appendingPathComponent(name + ".safetensors"))
        let headerSize = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let data = bytes.dropFirst(8 + headerSize)
        let header = try JSONDecoder().decode(Header.self, from: bytes[8..<(8 + headerSize)])

        func tensor(_ entry: Header.Entry) throws -> Tensor {
            let range = (data.startIndex + entry.offsets[0])..<(data.startIndex + entry.offsets[1])
            let numbers = Data(data[range]).withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
            return try Tensor(numbers, shape: entry.shape)
        }
        embedding = try tensor(header.embedding)
        trainingEmbedding = try header.trainingEmbedding.map(tensor)
        gradientNorms = try tensor(header.gradientNorms).elements()

        let description = try JSONDecoder().decode(Description.self, from: Data(header.metadata.sfnet.utf8))
        configuration = description.configuration
        inputs = try hashedNumbers(
            sequence: description.inputSequence, shape: [description.batch] + configuration.input)
        state = try description.state.enumerated().map { index, entry in
            (entry.name, try entry.tensor(hashedNumbers(sequence: index, shape: entry.shape)).to(.float32))
        }
    }

    /// The network with the fixture's parameters, in float32.
    func network() throws -> SFNet {
        let network = try SFNet(configuration, generator: Generator(seed: 0))
        var full = Dictionary(uniqueKeysWithValues: state.map { ($0.name, $0.tensor) })
        for buffer in network.buffers where buffer.name.hasSuffix("num_batches_tracked") {
            full[buffer.name] = try Tensor.scalar(0, scalarType: .int64)
        }
        try network.load(full)
        return network
    }

    private struct Header: Decodable {
        struct Entry: Decodable {
            let shape: [Int]
            let offsets: [Int]
            enum CodingKeys: String, CodingKey { case shape, offsets = "data_offsets" }
        }
        struct Metadata: Decodable { let sfnet: String }
        let metadata: Metadata
        let embedding: Entry
        let trainingEmbedding: Entry?
        let gradientNorms: Entry
        enum CodingKeys: String, CodingKey {
            case metadata = "__metadata__", embedding
            case trainingEmbedding = "embedding_training", gradientNorms = "gradient_norms"
        }
    }

    private struct Description: Decodable {
        struct Entry: Decodable {
            let name: String
            let kind: String
            let shape: [Int]

            /// Numbers in [−1, 1) as values of this kind.
            func tensor(_ u: Tensor) throws -> Tensor {
                switch kind {
                case "conv.weight", "linear.weight":
                    try u * (3 / Double(shape.dropFirst().reduce(1, *))).squareRoot()
                case "prelu.weight": try 0.25 + 0.05 * u
                case "norm.weight": try 1 + 0.1 * u
                case "norm.running_var": try 1 + 0.5 * u.absolute()
                default: try 0.1 * u
                }
            }
        }

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
        let state: [Entry]
        enum CodingKeys: String, CodingKey {
            case blocks, channels, input, embedding, activation, residual, batch, state
            case batchNorm = "batch_norm", embeddingNorm = "embedding_norm", inputSequence = "input_sequence"
        }

        var configuration: SFNet.Configuration {
            SFNet.Configuration(
                blocks: blocks, channels: channels, input: input, embedding: embedding,
                activation: activation, batchNormalization: batchNorm,
                embeddingNormalization: embeddingNorm, residual: residual)
        }
    }
}
