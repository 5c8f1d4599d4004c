import Networks
import Testing
import Torch

/// The backbones beside SFNet, held against PyTorch's own modules with the same parameters.
@Suite(.serialized) struct BackboneAgreementTests {
    @Test func everyNetworkHasAFixture() {
        #expect(Set(BackboneFixture.names) == Set(NetworkDescription.names.filter { !$0.hasPrefix("sfnet-") }))
    }

    @Test(arguments: BackboneFixture.names) func agreesWithPyTorch(_ name: String) throws {
        let fixture = try BackboneFixture(name)
        var network = try fixture.description.backbone(generator: Generator(seed: 0))
        #expect(network.countedNames == fixture.state.map(\.name))
        try network.load(hashed: fixture.state.tensors())

        try withoutGradients {
            // As it is used: float32.
            let single = try network(fixture.inputs.to(.float32), mode: .evaluation)
            #expect(try relativeError(single, fixture.embedding) < 1e-5)
            // As the fixture was computed: float64.
            try network.convert(to: .float64)
            let double = try network(fixture.inputs, mode: .evaluation)
            #expect(try relativeError(double, fixture.embedding) < 1e-12)
            let training = try network(fixture.inputs, mode: .training)
            #expect(try relativeError(training, fixture.trainingEmbedding) < 1e-8)
        }
    }
}
