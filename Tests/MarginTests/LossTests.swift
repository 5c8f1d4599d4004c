import Datasets
import Foundation
import TestSupport
import Testing

/// What a run loses when its process is killed or its disk is full: nothing.
@Suite struct LossTests {
    private let margin: Command

    init() throws {
        margin = try Command()
    }

    private var folder: TemporaryFolder { margin.folder }

    private static let settings = [
        "training.epochs=8", "training.batch=3", "augmentation.shift=0.2", "training.average=0.9",
        "training.validate_every=5",
    ]
    private static let steps = 8 * 8

    private func start(_ name: String, _ arguments: [String]) throws -> Command.Running {
        try margin.start(
            ["train", "recipe.yaml", "--set", "name=\(name)", "training.checkpoint_every=2"] + Self.settings + arguments
        )
    }

    private func weights(of name: String) throws -> [UInt8] {
        try folder.read("runs/\(name)/model/weights.safetensors")
    }

    private func loggedSteps() -> Int {
        ((try? folder.text("runs/killed/log.jsonl")) ?? "").components(separatedBy: "\"event\":\"step\"").count - 1
    }

    /// The moments are drawn: after some steps of the process's own, and a few milliseconds into the next.
    @Test func aRunThatIsKilledAgainAndAgainEndsWithTheSameWeights() throws {
        #expect(try start("whole", []).result().code == 0)
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed, stream: 0)
        var kills = 0
        var isComplete = false
        while !isComplete {
            let running = try start("killed", folder.has("runs/killed/log.jsonl") ? ["--resume"] : [])
            let target = loggedSteps() + generator.integer(below: Self.steps / 4)
            running.wait(every: 0.002) { loggedSteps() >= target }
            Thread.sleep(forTimeInterval: Double(generator.integer(below: 12)) / 1000)
            if kills < 12 {
                running.kill()
                kills += 1
            }
            let result = try running.result()
            isComplete = result.code == 0
            guard isComplete || result.code == SIGKILL else {
                Issue.record("seed \(seed), after \(kills) kills: \(result.errors)")
                return
            }
        }
        print("killed \(kills) times, seed \(seed)")
        #expect(kills >= 3)
        #expect(try weights(of: "killed") == weights(of: "whole"), "seed \(seed), \(kills) kills")
        // What was half written when the process died is gone.
        #expect(try folder.names(in: "runs/killed/checkpoints").allSatisfy { $0.hasPrefix("step-") })
        #expect(try folder.names(in: "runs/killed/checkpoints").count == 2)
    }

    @Test func aDiskThatIsFullEndsTheRunAndLosesNothing() throws {
        #expect(try start("whole", []).result().code == 0)
        let checkpoint = try #require(folder.names(in: "runs/whole/checkpoints").last)
        let blocks = try folder.read("runs/whole/checkpoints/\(checkpoint)").count / 512

        // Room for the log's first lines and for the model, which has no optimiser beside it, and for no checkpoint.
        let arguments = ["train", "recipe.yaml", "--set", "name=full", "training.checkpoint_every=2"] + Self.settings
        let first = try margin.limited(blocks: blocks - 4, arguments)
        #expect(first.code == 1 && first.output.isEmpty)
        #expect(first.errors.contains("runs/full/checkpoints/step-000000002.safetensors: cannot be written: "))
        #expect(first.errors.contains("make room there and resume the run"))
        #expect(try folder.names(in: "runs/full/checkpoints").isEmpty)

        // Some of the run with room enough, and then the log has none.
        let running = try margin.start(arguments + ["--resume"])
        running.wait(every: 0.002) { (try? folder.names(in: "runs/full/checkpoints").count) == 2 }
        running.interrupt()
        #expect(try running.result().code == 130)
        let before = try folder.names(in: "runs/full/checkpoints")
        let log = try folder.read("runs/full/log.jsonl").count
        let second = try margin.limited(blocks: log / 512 + 1, arguments + ["--resume"])
        #expect(second.code == 1 && second.errors.contains("make room there"))
        #expect(try folder.names(in: "runs/full/checkpoints") == before)

        #expect(try margin.start(arguments + ["--resume"]).result().code == 0)
        #expect(try weights(of: "full") == weights(of: "whole"))
    }
}
