import Testing
import Torch

@testable import Networks

@Suite struct FreezingTests {
    private func network() throws -> any Backbone {
        var description = try NetworkDescription("sfnet-small")
        description.settings.sfnet?.channels = [4, 4, 4, 4]
        description.settings.sfnet?.blocks = [0, 0, 0, 0]
        description.settings.input = [1, 16, 16]
        description.settings.embedding = 8
        let network = try description.backbone(generator: Generator(seed: 1))
        try network.requireGradients()
        return network
    }

    private func pictures(_ seed: UInt64) throws -> Tensor {
        try Tensor.normal([6, 1, 16, 16], generator: Generator(seed: seed))
    }

    private func numbers(_ network: any Backbone, where matches: (String) -> Bool) throws -> [[Double]] {
        try network.tensors.filter { matches($0.name) }.map { try $0.tensor.reals() }
    }

    @Test func frozenParametersGetNoGradient() throws {
        var network = try network()
        let frozen = try network.freeze { $0.hasPrefix("layer1.") || $0 == "layer2.0.conv1.weight" }
        #expect(frozen.contains("layer1.0.conv1.weight") && frozen.contains("layer2.0.conv1.weight"))
        try network(pictures(1), mode: .training).squared().sum().backward()
        for parameter in network.parameters {
            #expect((parameter.tensor.gradient == nil) == frozen.contains(parameter.name), "\(parameter.name)")
        }
    }

    @Test func aFrozenBatchNormalizationStaysInEvaluation() throws {
        var network = try network()
        for seed in UInt64(2)..<5 { _ = try network(pictures(seed), mode: .training) }
        try network.freeze { _ in true }
        let before = try numbers(network) { _ in true }
        let training = try network(pictures(9), mode: .training).reals()
        #expect(try training == network(pictures(9), mode: .evaluation).reals())
        #expect(try numbers(network) { _ in true } == before)
        // One sample at a time, which no batch normalisation can be trained on, is allowed.
        _ = try network(pictures(9).sliced(0..<1, dimension: 0), mode: .training)
    }

    @Test func oneWhoseParametersAreLearnedInPartFollowsTheBatches() throws {
        let statistics = { (name: String) in name.contains("running") || name.contains("num_batches") }
        let first = { (name: String) in name.hasPrefix("layer1.") && statistics(name) }
        for (pattern, isStill) in [
            ("layer1.0.bn1.weight", false), ("layer1.0.bn1.*", true), ("layer1.0.conv1.*", false),
        ] {
            var network = try network()
            let before = try numbers(network, where: first)
            try network.freeze { NamePattern(pattern).matches($0) }
            _ = try network(pictures(3), mode: .training)
            #expect(try (numbers(network, where: first) == before) == isStill, "\(pattern)")
            #expect(try !before.isEmpty && numbers(network) { statistics($0) && !first($0) } != [])
        }
    }

    @Test func nothingIsFrozenByAPatternThatFitsNothing() throws {
        var network = try network()
        #expect(try network.freeze { _ in false } == [])
        #expect(network.parameters.allSatisfy { $0.tensor.requiresGradient })
    }
}
