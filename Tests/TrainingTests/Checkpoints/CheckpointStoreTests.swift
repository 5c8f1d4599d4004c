import Foundation
import TestSupport
import Testing
import Torch

@testable import Training

@Suite struct CheckpointStoreTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func store(kept: Int = 2) -> CheckpointStore {
        CheckpointStore(folder: URL(filePath: folder("checkpoints")), kept: kept)
    }

    private func state(_ step: Int) -> TrainingState {
        var state = TrainingState()
        state.step = step
        state.epoch = step / 10
        state.batch = step % 10
        state.best = .init(name: "EER", value: 1 / Double(step + 1), epoch: 3)
        return state
    }

    private func save(_ step: Int, kept: Int = 2) throws {
        try store(kept: kept).save(state(step), tensors: [("w", Tensor([Float(step), 1]))])
    }

    private func name(_ step: Int) -> String { String(format: "step-%09d.safetensors", step) }

    private var names: [String] { get throws { try folder.names(in: "checkpoints") } }

    @Test func stateAndTensorsComeBack() throws {
        #expect(try store().newest() == nil)
        try save(17)
        let found = try #require(try store().newest())
        #expect(found.state == state(17) && found.path == folder("checkpoints/" + name(17)))
        #expect(try found.tensors["w"]?.elements(as: Float.self) == [17, 1])
    }

    @Test(arguments: [1, 2, 3])
    func theNewestAreKept(_ kept: Int) throws {
        for step in [5, 9, 10, 100] { try save(step, kept: kept) }
        #expect(try names == [5, 9, 10, 100].suffix(kept).map(name))
        #expect(try store().newest()?.state.step == 100)
    }

    @Test func otherFilesAreLeftAlone() throws {
        try folder.write("checkpoints/notes.txt", "mine")
        try folder.write("checkpoints/step-1.json", "mine too")
        for step in 1...4 { try save(step) }
        #expect(try names == [name(3), name(4), "step-1.json", "notes.txt"].sorted())
    }

    @Test func oneThatCannotBeReadIsPassedOver() throws {
        try save(1)
        try save(2)
        let whole = try folder.read("checkpoints/" + name(2))
        for length in [whole.count - 1, 20, 0] {
            try folder.write("checkpoints/" + name(2), Array(whole.prefix(length)))
            var passedOver: [String] = []
            let found = try store().newest { path, _ in passedOver.append(path) }
            #expect(found?.state.step == 1 && passedOver == [folder("checkpoints/" + name(2))])
        }
        try folder.write("checkpoints/" + name(1), "nothing")
        #expect(message { try store().newest() }?.contains(name(1)) == true)
    }

    @Test func tensorsWithoutAStateAreNoCheckpoint() throws {
        try save(1)
        let file = URL(filePath: folder("checkpoints/" + name(8)))
        try Safetensors.save([("w", Tensor([1 as Float]))], to: file)
        #expect(message { try onlyOf(file) }?.contains("does not say how far the run had come") == true)
        try Safetensors.save([("w", Tensor([1 as Float]))], metadata: ["state": "{}"], to: file)
        #expect(message { try onlyOf(file) }?.contains("is no checkpoint that can be understood") == true)
        #expect(try store().newest()?.state.step == 1)
    }

    /// The reason why a file is passed over.
    private func onlyOf(_ file: URL) throws {
        var reason: (any Error)?
        _ = try store().newest { reason = $1 }
        if let reason { throw reason }
    }

    /// A run that went on from an older checkpoint must not lose what it writes to a newer, broken one.
    @Test func aBrokenNewerOnePushesNothingOut() throws {
        try save(4, kept: 1)
        try folder.write("checkpoints/" + name(9), "broken")
        try save(5, kept: 1)
        #expect(try names == [name(5), name(9)])
        #expect(try store(kept: 1).newest()?.state.step == 5)
        try save(9, kept: 1)
        #expect(try names == [name(9)])
        #expect(try store(kept: 1).newest()?.state.step == 9)
    }

    @Test func aFolderThatCannotBeWrittenIsNamed() throws {
        try folder.write("checkpoints", "a file")
        #expect(message { try save(1) }?.contains("checkpoints") == true)
    }
}
