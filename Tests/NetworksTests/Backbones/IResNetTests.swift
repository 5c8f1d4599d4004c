import Networks
import Testing
import Torch

@Suite struct IResNetTests {
    @Test func learnsEverythingButTheScaleOfTheEmbedding() throws {
        let shape = NetworkShape(input: [1, 20, 33], embedding: 4)
        let network = try IResNet(.layers18, shape: shape, generator: Generator(seed: 1))
        #expect(!network.parameters.map(\.name).contains("features.weight"))
        #expect(network.buffers.map(\.name).contains("features.weight"))
        // ⌈20 / 16⌉ · ⌈33 / 16⌉ places of 512 channels.
        #expect(network.parameters.first { $0.name == "fc.weight" }?.tensor.shape == [4, 512 * 2 * 3])

        try network.requireGradients()
        let pictures = try Tensor.normal([3, 1, 20, 33], generator: Generator(seed: 2))
        let loss = try network(pictures, mode: .training)[0].sum()
        let slopes = try gradients(of: [loss], withRespectTo: network.parameters.map(\.tensor))
        for (parameter, slope) in zip(network.parameters, slopes) {
            #expect(slope.shape == parameter.tensor.shape)
            #expect(try slope.isFinite().all(), "\(parameter.name)")
        }
    }
}
