import Networks
import Testing
import Torch

@Suite struct SFNetTests {
    private static let small = SFNet.Configuration(
        blocks: [0, 1], channels: [4, 6], input: [1, 9, 7], embedding: 5, batchNormalization: true)

    @Test func anySizeOfPictureGoes() throws {
        let generator = try Generator(seed: 1)
        for (input, flattened) in [([1, 28, 28], 2 * 2), ([3, 96, 112], 6 * 7), ([2, 1, 17], 1 * 2)] {
            let configuration = SFNet.Configuration(
                blocks: [0, 0, 0, 0], channels: [2, 3, 4, 5], input: input, embedding: 6)
            let network = try SFNet(configuration, generator: generator)
            #expect(network.parameters.first { $0.name == "fc.weight" }?.tensor.shape == [6, 5 * flattened])
            let pictures = try Tensor.normal([2] + input, generator: generator)
            #expect(try network(pictures, mode: .evaluation).shape == [2, 6])
        }
    }

    @Test func depthsCountTheirLayers() throws {
        // Convolutions and the linear layer: 1 + stages + 2 · blocks.
        for name in NetworkDescription.names where name.hasPrefix("sfnet-") && name != "sfnet-small" {
            var description = try NetworkDescription(name)
            description.settings.sfnet?.channels = [2, 2, 2, 2]
            description.settings.input = [1, 16, 16]
            let network = try description.backbone(generator: Generator(seed: 0))
            let layers = network.parameters.filter { $0.tensor.rank >= 2 }
            #expect("sfnet-\(layers.count - 1)" == name)
        }
    }

    @Test func picturesOfAnotherShapeAreRefused() throws {
        let network = try SFNet(Self.small, generator: Generator(seed: 0))
        let error = #expect(throws: InputShapeError.self) {
            try network(Tensor.zeros([2, 1, 7, 9]), mode: .evaluation)
        }
        #expect(error?.description == "the network takes batches of shape [N, 1, 9, 7] and was given [2, 1, 7, 9]")
        #expect(throws: InputShapeError.self) { try network(Tensor.zeros([1, 9, 7]), mode: .evaluation) }
    }

    @Test func theSeedDecidesTheWeights() throws {
        func weights(seed: UInt64) throws -> [[Double]] {
            try SFNet(Self.small, generator: Generator(seed: seed)).parameters.map { try $0.tensor.reals() }
        }
        #expect(try weights(seed: 3) == weights(seed: 3))
        #expect(try weights(seed: 3) != weights(seed: 4))
    }

    @Test func evaluationKeepsSamplesApartAndChangesNothing() throws {
        let generator = try Generator(seed: 5)
        var network = try SFNet(Self.small, generator: generator)
        try network.convert(to: .float64)
        let pictures = try Tensor.normal([3, 1, 9, 7], generator: generator, scalarType: .float64)
        let before = try network.buffers.map { try $0.tensor.reals() }
        let together = try network(pictures, mode: .evaluation)
        let alone = try network(pictures.sliced(1..<2), mode: .evaluation)
        #expect(try relativeError(alone, together.sliced(1..<2)) < 1e-14)
        #expect(try network.buffers.map { try $0.tensor.reals() } == before)
    }

    @Test func embeddingNormalizationCentresAndScalesOverTheBatch() throws {
        let generator = try Generator(seed: 6)
        var configuration = Self.small
        configuration.embeddingNormalization = true
        var network = try SFNet(configuration, generator: generator)
        try network.convert(to: .float64)
        let pictures = try Tensor.normal([16, 1, 9, 7], generator: generator, scalarType: .float64)
        let embeddings = try network(pictures, mode: .training)
        #expect(try embeddings.mean([0]).absolute().maximum().item() < 1e-12)
        #expect(try (embeddings.variance([0], correction: 0) - 1).absolute().maximum().item() < 1e-3)
    }

    @Test func residualBlocksWithoutNormalizationStartNearTheIdentity() throws {
        let configuration = SFNet.Configuration(blocks: [2], channels: [8], input: [1, 64, 64], embedding: 4)
        let network = try SFNet(configuration, generator: Generator(seed: 7))
        for parameter in network.parameters where parameter.tensor.shape == [8, 8, 3, 3] {
            // 576 draws: the estimate of a deviation is within 3 % of it two times of three.
            let deviation = try parameter.tensor.variance([0, 1, 2, 3]).item().squareRoot()
            #expect(abs(deviation / 0.01 - 1) < 0.15, "\(parameter.name)")
        }
        let halving = try #require(network.parameters.first { $0.name == "layer1.0.conv1.weight" })
        // Xavier: 2 / (9 · 1 + 9 · 8)
        let deviation = try halving.tensor.variance([0, 1, 2, 3]).item().squareRoot()
        #expect(abs(deviation / (2.0 / 81).squareRoot() - 1) < 0.3)
    }
}
