import AngularMargin
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
        _ = try loop.run(evaluate: { network, _ in
            measured = try network.tensors.map { try $0.tensor.reals() }
            return ("EER", 0.1)
        })
        #expect(try measured == loop.average?.backbone.tensors.map { try $0.tensor.reals() })
        let plain = try ToyRun(epochs: 1).make().loop
        _ = try plain.run()
        let own = try loop.backbone.tensors.map { try $0.tensor.reals() }
        #expect(try own == plain.backbone.tensors.map { try $0.tensor.reals() } && measured != own)
    }

    @Test func itTakesTheHeadInWhereClassesAreToldByIt() throws {
        let run = ToyRun(
            epochs: 1,
            change: {
                $0.averageDecay = 0.9
                $0.averagesHead = true
            })
        var loop: TrainingLoop?
        var expected: [Double] = []
        let made = try run.make { event in
            guard case .stepped(let report, _) = event, let weight = loop?.head.weight else { return }
            let d = min(0.9, Double(1 + report.step) / Double(10 + report.step))
            expected = try zip(expected, weight.reals()).map { d * $0 + (1 - d) * $1 }
        }.loop
        loop = made
        expected = try made.head.weight.reals()
        var measured: [Double] = []
        _ = try made.run(evaluate: { _, head in
            measured = try head.weight.reals()
            return ("error rate", 0.1)
        })
        #expect(zip(measured, expected).allSatisfy { abs($0 - $1) < 1e-5 })
        #expect(try measured != made.head.weight.reals())
    }

    /// Also where the steps of rows that were not sampled are put off until they are read, or saved.
    @Test(arguments: [[:], ["s": 16, "m": 0.1, "sample_rate": 0.5]] as [[String: HeadParameterValue]])
    func withTheHeadInItARunGoesOnBitForBit(_ sampling: [String: HeadParameterValue]) throws {
        let folder = try TemporaryFolder()
        var run = ToyRun(
            change: {
                $0.averageDecay = 0.9
                $0.averagesHead = true
                if !sampling.isEmpty { $0.classUpdates = .tiles }
            })
        if !sampling.isEmpty {
            // More identities than a batch has, so that some are not read in a step.
            (run.identities, run.pictures, run.batch, run.headValues) = (16, 2, 4, sampling)
        }
        let whole = try run.make().loop
        _ = try whole.run()
        let stop = StopSignal()
        let store = CheckpointStore(folder: .init(filePath: folder.path))
        let first = try run.make(checkpoints: store) { event in
            if case .stepped(let report, _) = event, report.step == 5 { stop.request() }
        }.loop
        #expect(try !first.run(stop: stop))
        let second = try run.make(checkpoints: store).loop
        #expect(try second.resume() && second.run())
        #expect(try second.measuredHead.weight.reals() == whole.measuredHead.weight.reals())
        #expect(
            try second.measuredBackbone.tensors.map { try $0.tensor.reals() }
                == whole.measuredBackbone.tensors.map { try $0.tensor.reals() })
    }
}
