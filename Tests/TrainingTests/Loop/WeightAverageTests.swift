import Networks
import TestSupport
import Testing
import Torch

@testable import Training

@Suite struct WeightAverageTests {
    /// The recursion in Double, from the weights after every step.
    @Test(arguments: [0.5, 0.999])
    func itIsTheRecursionOverTheStepsWeights(_ decay: Double) throws {
        let run = ToyRun(epochs: 2, change: { $0.averageDecay = decay })
        var loop: TrainingLoop?
        var expected: [[Double]] = []
        let made = try run.make { event in
            guard case .stepped(let report, _) = event, let network = loop?.backbone else { return }
            let d = min(decay, Double(1 + report.step) / Double(10 + report.step))
            for (index, named) in network.tensors.enumerated() {
                let new = try named.tensor.reals()
                let isWhole = !named.tensor.scalarType.isFloatingPoint
                expected[index] = zip(expected[index], new).map { isWhole ? $1 : d * $0 + (1 - d) * $1 }
            }
        }.loop
        loop = made
        expected = try made.backbone.tensors.map { try $0.tensor.reals() }
        _ = try made.run()
        let average = try #require(made.average?.backbone.tensors)
        for (index, named) in average.enumerated() {
            let pairs = try zip(named.tensor.reals(), expected[index])
            #expect(pairs.allSatisfy { abs($0 - $1) < 1e-5 }, "\(named.name)")
        }
        #expect(made.backbone.parameters.allSatisfy { $0.tensor.requiresGradient })
        #expect(average.allSatisfy { !$0.tensor.requiresGradient })
    }

    @Test func itIsWhatIsMeasuredAndTheStepsDoNotSeeIt() throws {
        var measured: [[Double]] = []
        let loop = try ToyRun(epochs: 1, change: { $0.averageDecay = 0.9 }).make().loop
        _ = try loop.run(evaluate: { network in
            measured = try network.tensors.map { try $0.tensor.reals() }
            return ("EER", 0.1)
        })
        #expect(try measured == loop.average?.backbone.tensors.map { try $0.tensor.reals() })
        let plain = try ToyRun(epochs: 1).make().loop
        _ = try plain.run()
        let own = try loop.backbone.tensors.map { try $0.tensor.reals() }
        #expect(try own == plain.backbone.tensors.map { try $0.tensor.reals() } && measured != own)
    }
}
