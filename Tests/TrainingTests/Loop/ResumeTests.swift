import Foundation
import TestSupport
import Testing
import Torch

@testable import Training

@Suite struct ResumeTests {
    private let folder: TemporaryFolder
    private let store: CheckpointStore

    init() throws {
        folder = try TemporaryFolder()
        store = CheckpointStore(folder: URL(filePath: folder("checkpoints")))
    }

    /// Runs until a step is done.
    private func run(_ run: ToyRun, until last: Int) throws {
        let stop = StopSignal()
        let loop = try run.make(checkpoints: store) { event in
            if case .stepped(let report, _) = event, report.step == last { stop.request() }
        }.loop
        #expect(try loop.run(stop: stop) == false)
        #expect(loop.state.step == last)
    }

    private func resumed(_ run: ToyRun) throws -> TrainingLoop {
        let loop = try run.make(checkpoints: store).loop
        try #require(try loop.resume())
        return loop
    }

    private static let runs = [
        ToyRun(margin: MarginSchedule(start: 0, end: 0.8), gradientNormLimit: 1),
        ToyRun(workers: 2, learningRate: 0.01, optimizer: .adamW(beta1: 0.9, beta2: 0.99)),
        ToyRun(head: "sphereface2", headValues: [:]),
        ToyRun(change: { $0.accumulation = 3 }),
        ToyRun(change: { $0.averageDecay = 0.9 }),
        ToyRun(dropout: 0.4),
        ToyRun(dropout: 0.4, workers: 2, change: { $0.accumulation = 2 }),
        ToyRun(change: { $0.precision = .bfloat16 }),
        ToyRun(change: { $0.classUpdates = .tiles }),
        ToyRun(change: { $0.classUpdates = .tiles }, headValues: ["s": 16, "m": 0.1, "sample_rate": 0.6]),
        ToyRun(
            optimizer: .adamW(beta1: 0.9, beta2: 0.99), change: { $0.classUpdates = .tiles },
            headValues: ["s": 16, "m": 0.1, "sample_rate": 0.6]),
    ]

    /// In the middle of an epoch, at its last batch, and at the run's last step.
    @Test(arguments: runs.indices, [1, 4, 6, 8, 12])
    func aResumedRunEndsWithTheSameWeights(_ number: Int, _ step: Int) throws {
        let toy = Self.runs[number]
        try run(toy, until: step)
        let loop = try resumed(toy)
        #expect(loop.state.step == step)
        #expect(try loop.run())
        #expect(try toy.weights(after: loop) == toy.finalWeights())
        #expect(loop.state.step == 12 && loop.state.epoch == 3 && loop.state.batch == 0)
    }

    /// Every step, and every part of one, has masks of its own, which the run's seed decides.
    @Test func masksDifferFromStepToStep() throws {
        let data = try ToyRun().make().loop.data
        var seeds: Set<UInt64> = []
        for epoch in 0..<3 {
            for batch in 0..<4 {
                for first in [0, 4] { seeds.insert(data.networkSeed(epoch: epoch, batch: batch, first: first)) }
            }
        }
        #expect(seeds.count == 24)
        let other = try ToyRun(seed: 2).make().loop.data
        #expect(!seeds.contains(other.networkSeed(epoch: 0, batch: 0, first: 0)))
        #expect(try ToyRun(dropout: 0.4).finalWeights() != ToyRun(dropout: 0).finalWeights())
    }

    /// A run that dies before its 4th, 8th and 11th step is reported goes on from what it saved by itself.
    @Test(arguments: [
        (TrainingLoop.Plan.CheckpointInterval.steps(3), [[3], [4, 7], [8]]),
        (.seconds(0), [[1, 2, 3], [4, 4, 5, 6, 7], [8, 8, 9, 10]]),
    ])
    func checkpointsInsideAnEpoch(_ interval: TrainingLoop.Plan.CheckpointInterval, _ expected: [[Int]]) throws {
        struct Death: Error {}
        let toy = ToyRun(workers: 1, checkpointInterval: interval)
        for (last, expected) in zip([4, 8, 11], expected) {
            var saved: [Int] = []
            let loop = try toy.make(checkpoints: store) { event in
                if case .stepped(let report, _) = event, report.step == last { throw Death() }
                if case .saved(let path) = event { saved += path.matches(of: /step-(\d+)/).compactMap { Int($0.1) } }
            }.loop
            _ = try loop.resume()
            #expect(throws: Death.self) { try loop.run() }
            #expect(saved == expected)
        }
        let loop = try resumed(toy)
        #expect(try loop.run())
        #expect(try toy.weights(after: loop) == toy.finalWeights())
    }

    @Test func aRunMayBeStoppedAtEveryStep() throws {
        let toy = ToyRun(epochs: 2)
        try run(toy, until: 1)
        for step in 2...7 {
            let stop = StopSignal()
            stop.request()
            let loop = try resumed(toy)
            #expect(try loop.run(stop: stop) == false)
            #expect(loop.state.step == step)
        }
        let loop = try resumed(toy)
        #expect(try loop.run())
        #expect(try toy.weights(after: loop) == toy.finalWeights())
    }

    @Test func aCompleteRunHasNothingLeftToDo() throws {
        let toy = ToyRun(epochs: 1)
        let loop = try toy.make(checkpoints: store).loop
        #expect(try loop.run())
        let again = try resumed(toy)
        #expect(try again.run() && again.state.step == 4)
        #expect(try toy.weights(after: again) == toy.weights(after: loop))
    }

    @Test func withoutACheckpointThereIsNothingToResume() throws {
        #expect(try ToyRun().make(checkpoints: store).loop.resume() == false)
        #expect(try ToyRun().make().loop.resume() == false)
    }

    @Test func aTruncatedCheckpointIsPassedOverForTheOneBefore() throws {
        let toy = ToyRun()
        try run(toy, until: 6)
        let names = try folder.names(in: "checkpoints")
        #expect(names.count == 2)
        let newest = try #require(names.last)
        try folder.write("checkpoints/\(newest)", folder.read("checkpoints/\(newest)").dropLast(50))

        var passedOver: [String] = []
        let loop = try toy.make(checkpoints: store) { event in
            if case .passedOver(let path, _) = event { passedOver.append(path) }
        }.loop
        #expect(try loop.resume())
        #expect(loop.state.step == 4 && passedOver == [folder("checkpoints/\(newest)")])
        #expect(try loop.run())
        #expect(try toy.weights(after: loop) == toy.finalWeights())
    }

    @Test func theBestSoFarIsRemembered() throws {
        let toy = ToyRun(epochs: 2)
        let stop = StopSignal()
        let first = try toy.make(checkpoints: store) { event in
            if case .stepped(let report, _) = event, report.step == 5 { stop.request() }
        }.loop
        _ = try first.run(stop: stop, evaluate: { _, _ in ("EER", 0.1) })
        let loop = try resumed(toy)
        var kept = 0
        _ = try loop.run(evaluate: { _, _ in ("EER", 0.2) }, onBest: { _, _ in kept += 1 })
        #expect(kept == 0 && loop.state.best == .init(name: "EER", value: 0.1, epoch: 1))
    }

    /// What resuming another run complains about.
    private func complaint(_ toy: ToyRun) throws -> String {
        try #require(message { try toy.make(checkpoints: store).loop.resume() })
    }

    @Test func aCheckpointOfAnotherRunIsRefused() throws {
        try run(ToyRun(), until: 3)
        let file = try #require(folder.names(in: "checkpoints").last)

        let network = try complaint(ToyRun(embedding: 6))
        #expect(network.contains(file) && network.contains("fc.weight is [8, 4] where [6, 4] is wanted"))
        let classes = try complaint(ToyRun(identities: 3))
        #expect(classes.contains(file) && classes.contains("weight is [4, 8] where [3, 8] is wanted"))
        let optimizer = try complaint(ToyRun(optimizer: .adamW(beta1: 0.9, beta2: 0.99)))
        #expect(optimizer.contains(file) && optimizer.contains("another optimiser"))
        let batch = try complaint(ToyRun(batch: 16))
        #expect(batch.contains(file) && batch.contains("after batch 3 of an epoch that has 2"))
        #expect(batch.contains("begin anew"))
    }
}
