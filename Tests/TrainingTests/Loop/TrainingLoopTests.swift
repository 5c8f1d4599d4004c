import Foundation
import Models
import Networks
import TestSupport
import Testing
import Torch

@testable import Training

@Suite struct TrainingLoopTests {
    @Test(arguments: [
        OptimizerDescription.sgd(momentum: 0.9, nesterov: true), .adamW(beta1: 0.9, beta2: 0.999),
    ])
    func picturesThatDifferAreLearned(_ optimizer: OptimizerDescription) throws {
        // No mirroring: the waves of two of the identities mirror each other.
        var run = ToyRun(epochs: 20, optimizer: optimizer, augmentation: Augmentation())
        if case .adamW = optimizer { run.learningRate = 0.02 }
        let reports = try run.reports()
        let last = reports.suffix(run.stepsPerEpoch)
        let accuracy = last.reduce(0) { $0 + $1.accuracy } / Double(last.count)
        #expect(accuracy > 0.9)
        #expect(last.allSatisfy { $0.loss < reports[0].loss })
        let firstAngle = try #require(reports[0].targetAngle)
        #expect(last.allSatisfy { ($0.targetAngle ?? .pi) < firstAngle })
    }

    @Test func reportsCountStepsAndFollowTheSchedules() throws {
        var run = ToyRun(epochs: 2, margin: MarginSchedule(start: 0, end: 0.5))
        run.batch = 12
        let reports = try run.reports()
        // 32 pictures in batches of 12, 12 and 8.
        #expect(reports.map(\.step) == [1, 2, 3, 4, 5, 6])
        #expect(reports.map(\.epoch) == [1, 1, 1, 2, 2, 2])
        #expect(reports.map(\.sampleCount) == [12, 12, 8, 12, 12, 8])
        let total = 2 * run.stepsPerEpoch
        #expect(reports.map(\.marginFactor) == (0..<6).map { run.margin.factor(step: $0, totalSteps: total) })
        #expect(reports[0].learningRate == 0.025 && reports[1].learningRate == 0.05)
        #expect(reports.allSatisfy { $0.gradientNorm > 0 })
    }

    @Test func theSameSeedGivesTheSameWeightsForAnyNumberOfWorkers() throws {
        let expected = try ToyRun(workers: 0).finalWeights()
        for workers in [0, 1, 3] { #expect(try ToyRun(workers: workers).finalWeights() == expected) }
        #expect(try ToyRun(seed: 2).finalWeights() != expected)
    }

    @Test func gradientsAreScaledDownToTheirLimit() throws {
        let limit = 0.05
        var norms: [(reported: Double, applied: Double)] = []
        var gradientNorm: () throws -> Double = { 0 }
        let run = ToyRun(epochs: 1, gradientNormLimit: limit)
        let (loop, optimizer) = try run.make { event in
            guard case .stepped(let report, _) = event else { return }
            norms.append((report.gradientNorm, try gradientNorm()))
        }
        gradientNorm = { try optimizer.gradientNorm() }
        _ = try loop.run()
        #expect(norms.count == 4)
        #expect(norms.allSatisfy { $0.reported > limit && abs($0.applied - limit) < 1e-5 })

        // A limit that is never met changes nothing.
        var loose = ToyRun()
        loose.gradientNormLimit = 1e6
        #expect(try loose.finalWeights() == ToyRun().finalWeights())
    }

    @Test func theFirstLossIsToldWithWhatWasExpected() throws {
        var began: [(expected: Double?, measured: Double)] = []
        let loop = try ToyRun(epochs: 2).make { event in
            if case .began(let expected, let measured) = event { began.append((expected, measured)) }
        }.loop
        _ = try loop.run()
        #expect(began.count == 1)
        let expected = try #require(began.first?.expected)
        #expect(abs(expected - began[0].measured) < 3)
    }

    @Test(arguments: [
        (TrainingLoop.Plan.Keep.best, [0.3, 0.1, 0.2], [true, true, false], 2),
        (.best, [0.3, 0.1, 0.1], [true, true, true], 3),
        (.last, [0.3, 0.1, 0.2], [false, false, true], 3),
    ])
    func theChosenEpochIsKept(
        _ keep: TrainingLoop.Plan.Keep, _ figures: [Double], _ expected: [Bool], _ keptEpoch: Int
    ) throws {
        var told: [Bool] = []
        var kept = 0
        var epoch = 0
        var run = ToyRun(epochs: 3)
        run.keep = keep
        let loop = try run.make { event in
            if case .evaluated(_, _, "EER", _, let isBest) = event { told.append(isBest) }
        }.loop
        let isComplete = try loop.run(
            evaluate: { _, _ in
                defer { epoch += 1 }
                return ("EER", figures[epoch])
            }, onBest: { _, _ in kept += 1 })
        #expect(isComplete && told == expected && kept == expected.count(where: { $0 }))
        #expect(loop.state.best == .init(name: "EER", value: figures[keptEpoch - 1], epoch: keptEpoch))
    }

    @Test func projectedWeightsStayOnTheSphere() throws {
        var run = ToyRun(epochs: 1)
        run.headValues["projected"] = true
        let loop = try run.make().loop
        _ = try loop.run()
        let rows = try loop.head.weight.reals()
        for row in 0..<4 {
            let squares = rows[row * 8..<(row + 1) * 8].reduce(0) { $0 + $1 * $1 }
            #expect(abs(squares - 1) < 1e-5)
        }
    }

    @Test(arguments: [1e20, 1e39])
    func aLossOutOfBoundsNamesStepPlaceAndFiles(_ rate: Double) throws {
        let folder = try TemporaryFolder()
        let store = CheckpointStore(folder: URL(filePath: folder.path))
        var run = ToyRun(epochs: 3)
        run.learningRate = rate
        let loop = try run.make(checkpoints: store).loop
        let error = #expect(throws: NonFiniteLossError.self) { try loop.run() }
        let text = "\(try #require(error))"
        #expect(error?.step == 2 && text.contains("at step 2") && text.contains("Learning rate: "))
        #expect(error?.files.count == 8 && text.contains("memory/picture"))
        #expect(error?.history.map(\.step) == [1] && error?.history[0].loss.isFinite == true)
        #expect(text.contains("the network") || text.contains("the head"))
        #expect(try store.newest() == nil)
    }

    @Test func measurementsComeAsOftenAsThePlanSays() throws {
        func measured(_ interval: Int?) throws -> [Int] {
            var steps: [Int] = []
            let loop = try ToyRun(change: { $0.validationInterval = interval }).make { event in
                if case .evaluated(let step, let epoch, _, _, _) = event {
                    steps.append(step)
                    #expect(epoch == (step + 3) / 4)
                }
            }.loop
            #expect(try loop.run(evaluate: { _, _ in ("EER", 0.1) }))
            return steps
        }
        // Three epochs of four steps.
        #expect(try measured(nil) == [4, 8, 12])
        #expect(try measured(2) == [2, 4, 6, 8, 10, 12])
        #expect(try measured(3) == [3, 6, 9, 12])
        #expect(try measured(5) == [5, 10, 12])
        #expect(try measured(100) == [12])
    }

    /// Equally good is not better, and `last` keeps what the run ends with.
    @Test(arguments: [
        (TrainingLoop.Plan.Keep.best, [0.4, 0.3, 0.3, 0.5, 0.1], 2, 4, 0.3, 3),
        (.last, [0.4, 0.3, 0.3, 0.5, 0.1], 2, 4, 0.5, 4), (.best, [0.4, 0.5, 0.1, 0.2, 0.3], 2, 5, 0.1, 3),
        (.best, [0.4, 0.5, 0.3, 0.6, 0.2, 0.1], 3, 6, 0.1, 6),
    ])
    func aRunEndsWhenItIsOutOfPatience(
        _ keep: TrainingLoop.Plan.Keep, _ figures: [Double], _ patience: Int, _ count: Int, _ kept: Double, _ epoch: Int
    ) throws {
        let folder = try TemporaryFolder()
        let store = CheckpointStore(folder: URL(filePath: folder.path))
        let run = ToyRun(pictures: 2, epochs: figures.count, keep: keep, change: { $0.patience = patience })
        var measured = 0
        var ended: [Int] = []
        func loop() throws -> TrainingLoop {
            try run.make(checkpoints: store) { if case .outOfPatience(let count) = $0 { ended.append(count) } }.loop
        }
        func evaluate(_: any Backbone) -> (String, Double)? {
            defer { measured += 1 }
            return ("EER", figures[measured])
        }
        // Stopped and gone on with after each epoch: patience is remembered.
        var isComplete = false
        while !isComplete {
            let stop = StopSignal()
            let loop = try loop()
            _ = try loop.resume()
            let before = loop.state.epoch
            isComplete = try loop.run(
                stop: stop,
                evaluate: { backbone, _ in
                    if loop.state.epoch > before { stop.request() }
                    return evaluate(backbone)
                })
            if isComplete {
                #expect(loop.state.best == .init(name: "EER", value: kept, epoch: epoch))
            }
        }
        #expect(measured == count)
        #expect(ended == (count < figures.count || keep == .last ? [patience] : []) || ended == [patience])
        // There is nothing left to do.
        let again = try loop()
        _ = try again.resume()
        #expect(try again.run(evaluate: { backbone, _ in evaluate(backbone) }) && measured == count)
    }

    @Test func weightsOutOfBoundsAreNotSaved() throws {
        let folder = try TemporaryFolder()
        let store = CheckpointStore(folder: URL(filePath: folder.path))
        // One step in all: the loss was still finite.
        var run = ToyRun(epochs: 1, batch: 32)
        run.learningRate = 1e60
        let loop = try run.make(checkpoints: store).loop
        let error = #expect(throws: NonFiniteLossError.self) { try loop.run() }
        #expect(error?.step == 1 && error?.place.contains("after the step") == true)
        #expect(try store.newest() == nil)
    }

    @Test func anObserversErrorEndsTheRun() throws {
        struct Enough: Error {}
        let loop = try ToyRun().make { event in
            if case .stepped(let report, _) = event, report.step == 2 { throw Enough() }
        }.loop
        #expect(throws: Enough.self) { try loop.run() }
        #expect(loop.state.step == 2)
    }
}
