import Foundation
import Networks
import Testing
import Torch

@Suite struct CAMRINetTests {
    private func description(width: Int = 2, dropout: Double = 0.25, input: [Int] = [3, 8, 12]) throws
        -> NetworkDescription
    {
        var description = try NetworkDescription("camri-net")
        description.settings.camriNet = CAMRINet.Configuration(
            input: input, embedding: 6, width: width, dropout: dropout)
        return description
    }

    /// Weights and biases layer by layer, as the table of the paper's code has them.
    private func parameterCount(width w: Int, channels: Int, embedding: Int) -> Int {
        func convolution(_ inputs: Int, _ outputs: Int) -> Int { 9 * inputs * outputs + outputs }
        let first = convolution(channels, w) + 2 * convolution(w, w) + 2 * w
        let second = convolution(w, 2 * w) + 2 * convolution(2 * w, 2 * w) + 4 * w
        let third = convolution(2 * w, 4 * w) + 4 * convolution(4 * w, 4 * w) + 16 * w
        let fourth = convolution(4 * w, 8 * w) + convolution(8 * w, 8 * w)
        return first + second + third + fourth + (8 * w + 1) * embedding + 2 * embedding
    }

    @Test func sizes() throws {
        // The sums are PyTorch's, of scripts/support/backbones.py.
        for (width, embedding, sum) in [(64, 512, 6_905_216), (8, 512, 138_736), (4, 128, 30776)] {
            var description = try NetworkDescription("camri-net")
            description.settings.camriNet?.width = width
            description.settings.embedding = embedding
            let network = try description.backbone(generator: Generator(seed: 0, device: .meta))
            let count = network.parameters.reduce(0) { $0 + $1.tensor.count }
            #expect(count == sum && count == parameterCount(width: width, channels: 3, embedding: embedding))
            #expect(network.inputShape == [3, 32, 32] && network.embeddingSize == embedding)
        }
    }

    @Test(arguments: [[3, 32, 32], [1, 4, 4], [3, 9, 23]]) func anyPictureFrom4(_ input: [Int]) throws {
        let network = try description(input: input).backbone(generator: Generator(seed: 1))
        let pictures = try Tensor.normal([2] + input, generator: Generator(seed: 2))
        #expect(try network(pictures, mode: .evaluation).shape == [2, 6])
        #expect(throws: InputShapeError.self) { try network(Tensor.zeros([2, 3, 5, 5]), mode: .evaluation) }
    }

    @Test func weightsAreDrawnAsTheCodeDoes() throws {
        let network = try description(width: 16, input: [3, 32, 32]).backbone(generator: Generator(seed: 3))
        let tensors = Dictionary(uniqueKeysWithValues: network.tensors.map { ($0.name, $0.tensor) })
        let convolution = try #require(tensors["layer3.conv2.weight"])
        // Glorot, uniform: √(6 / (9 · 64 + 9 · 64)).
        let bound = (6 / 1152.0).squareRoot()
        let largest = try convolution.absolute().maximum().item()
        #expect(largest <= bound && largest > 0.99 * bound)
        let last = try #require(tensors["fc.weight"])
        // He: variance 2 / 128, within five standard deviations of its estimate from 768 numbers.
        let variance = try last.squared().mean().item()
        #expect(abs(variance - 2 / 128.0) < 5 * (2 / 128.0) * (2 / 768.0).squareRoot())
        let bias = try #require(tensors["layer1.conv1.bias"])
        #expect(try bias.reals().allSatisfy { $0 == 0 })
    }

    /// The same seed gives the same step, and dropout is in training alone.
    @Test func masksComeFromTheSeedOfTheCall() throws {
        let pictures = try Tensor.normal([4, 3, 8, 12], generator: Generator(seed: 4))
        func embeddings(_ dropout: Double, _ mode: Mode) throws -> [Double] {
            let network: any Backbone = try description(dropout: dropout).backbone(generator: Generator(seed: 5))
            return try network(pictures, mode: mode).reals()
        }
        #expect(try embeddings(0.25, .training(seed: 1)) == embeddings(0.25, .training(seed: 1)))
        #expect(try embeddings(0.25, .training(seed: 1)) != embeddings(0.25, .training(seed: 2)))
        #expect(try embeddings(0.25, .training(seed: 1)) != embeddings(0, .training(seed: 1)))
        #expect(try embeddings(0.25, .evaluation) == embeddings(0, .evaluation))
        #expect(try embeddings(0, .training(seed: 1)) == embeddings(0, .training(seed: 2)))
    }

    /// As PyTorch's autograd finds them (scripts/fixtures/backbones.py).
    @Test func gradientsAgreeWithPyTorch() throws {
        let fixture = try BackboneFixture("camri-net")
        var network = try fixture.description.backbone(generator: Generator(seed: 0))
        try network.load(hashed: fixture.state.tensors())
        try network.convert(to: .float64)
        try network.requireGradients()
        let parameters = network.parameters
        let loss = try network(fixture.inputs, mode: .evaluation).squared().sum() / 2
        let norms = try gradients(of: [loss], withRespectTo: parameters.map(\.tensor)).map { try $0.norm([]).item() }
        let expected: [Double] = try #require(fixture.gradientNorms).elements()
        #expect(norms.count == expected.count)
        for ((norm, reference), parameter) in zip(zip(norms, expected), parameters) {
            #expect(abs(norm - reference) <= 1e-9 * reference, "\(parameter.name)")
        }
    }

    @Test(arguments: [
        (
            #"{"name": "camri-net", "width": 0}"#,
            "width: 0 is no number of channels for the first stage; write 1 to 4096"
        ),
        (#"{"name": "camri-net", "width": 2.5}"#, "width: 2.5 must be a whole number, such as 64"),
        (#"{"name": "camri-net", "dropout": 1}"#, "dropout: 1.0 is no probability below 1"),
        (#"{"name": "camri-net", "dropout": "much"}"#, "dropout: much must be a number, such as 0.25"),
        (#"{"name": "camri-net", "input": [3, 3, 8]}"#, "input: [3, 3, 8] is halved twice, and nothing would be left"),
        (#"{"name": "camri-net", "channels": [4]}"#, "Its settings are name, input, embedding, width, dropout"),
        (#"{"name": "sfnet-20", "width": 4}"#, "width is no setting of sfnet-20, whose name fixes it"),
    ])
    func mistakesAreExplained(_ json: String, _ message: String) {
        let error = #expect(throws: NetworkSettingError.self) {
            try JSONDecoder().decode(NetworkDescription.self, from: Data(json.utf8))
        }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test func whatIsWrittenWins() throws {
        let json = #"{"name": "camri-net", "width": 8, "dropout": 0.5, "embedding": 128}"#
        let found = try JSONDecoder().decode(NetworkDescription.self, from: Data(json.utf8))
        #expect(found.settings.camriNet == CAMRINet.Configuration(embedding: 128, width: 8, dropout: 0.5))
    }
}
