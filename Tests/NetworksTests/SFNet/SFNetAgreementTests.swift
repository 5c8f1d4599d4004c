import Networks
import Testing
import Torch

/// Held against PyTorch's own modules with the same parameters.
@Suite(.serialized) struct SFNetAgreementTests {
    @Test func theHashIsTheOneOfTheFixtures() throws {
        #expect(try hashedNumbers(sequence: 0, shape: [2]).reals() == [-0.6852772235870361, 0.30292809009552])
        #expect(try hashedNumbers(sequence: 1_000_000, shape: [75264]).reals().last == -0.6984996795654297)
        #expect(SFNetFixture.names.count == 18)
    }

    @Test(arguments: SFNetFixture.names) func agreesWithPyTorch(_ name: String) throws {
        let fixture = try SFNetFixture(name)
        var network = try fixture.network()
        #expect(network.countedNames == fixture.state.map(\.name))

        // As it is used: float32.
        let single = try withoutGradients { try network(fixture.inputs.to(.float32), mode: .evaluation) }
        #expect(try relativeError(single, fixture.embedding) < 1e-5)

        // As the fixture was computed: float64.
        try network.convert(to: .float64)
        try network.requireGradients()
        let embedding = try network(fixture.inputs, mode: .evaluation)
        #expect(try relativeError(embedding, fixture.embedding) < 1e-12)

        let parameters = network.parameters
        let loss = try embedding.squared().sum() / 2
        let norms = try gradients(of: [loss], withRespectTo: parameters.map(\.tensor)).map { try $0.norm([]).item() }
        let expected = Dictionary(uniqueKeysWithValues: zip(fixture.state.map(\.name), fixture.gradientNorms))
        for (parameter, norm) in zip(parameters, norms) {
            let reference = try #require(expected[parameter.name])
            #expect(abs(norm - reference) <= 1e-10 * reference, "\(parameter.name)")
        }

        if let reference = fixture.trainingEmbedding {
            let training = try withoutGradients { try network(fixture.inputs, mode: .training) }
            #expect(try relativeError(training, reference) < 1e-9)
        }
    }
}
