import Networks
import Testing
import Torch

@Suite struct MobileFaceNetTests {
    @Test func weightsAndShapesAreThoseOfTheUsualInput() throws {
        let network = try NetworkDescription("mobilefacenet").backbone(generator: Generator(seed: 1))
        let shapes = Dictionary(uniqueKeysWithValues: network.parameters.map { ($0.name, $0.tensor.shape) })
        #expect(shapes["layers.1.layers.0.weight"] == [128, 2, 3, 3])
        #expect(shapes["layers.6.layers.1.layers.0.weight"] == [512, 1, 3, 3])
        #expect(shapes["features.layers.0.layers.0.weight"] == [512, 1, 7, 7])
        #expect(shapes["features.layers.2.weight"] == [512, 512])
        #expect(shapes["features.layers.2.bias"] == nil && shapes["layers.0.layers.0.bias"] == nil)
    }

    @Test func everyParameterLearns() throws {
        let shape = NetworkShape(input: [1, 20, 33], embedding: 4)
        let network = try MobileFaceNet(.usual, shape: shape, generator: Generator(seed: 1))
        try network.requireGradients()
        let pictures = try Tensor.normal([3, 1, 20, 33], generator: Generator(seed: 2))
        let loss = try network(pictures, mode: .training)[0].sum()
        let slopes = try gradients(of: [loss], withRespectTo: network.parameters.map(\.tensor))
        for (parameter, slope) in zip(network.parameters, slopes) {
            #expect(slope.shape == parameter.tensor.shape)
            #expect(try slope.isFinite().all() && slope.norm([]).item() > 0, "\(parameter.name)")
        }
    }
}
