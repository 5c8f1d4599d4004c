import Foundation
import Torch

// What a run keeps on disk, and how it goes on from there.

extension TrainingLoop {
    /// Goes on from the newest checkpoint that can be read.
    ///
    /// - Returns: whether there was one.
    /// - Throws: ``CheckpointError`` when it belongs to another network, optimiser or data set.
    public func resume() throws -> Bool {
        var passedOver: [(String, any Error)] = []
        let found = try checkpoints?.newest { passedOver.append(($0, $1)) }
        for (path, error) in passedOver { try observer(.passedOver(path: path, reason: "\(error)")) }
        guard let found else { return false }
        do {
            try restore(found)
        } catch let error as ModuleError {
            throw CheckpointError(path: found.path, reason: error.description)
        } catch let error as OptimizerError {
            throw CheckpointError(path: found.path, reason: error.description)
        }
        return true
    }

    private func restore(_ checkpoint: CheckpointStore.Checkpoint) throws {
        let state = checkpoint.state
        guard state.batch == 0 || state.batch <= data.batches(epoch: state.epoch).count else {
            throw CheckpointError(
                path: checkpoint.path,
                reason: "stands after batch \(state.batch) of an epoch that has "
                    + "\(data.batches(epoch: state.epoch).count)")
        }
        try backbone.load(checkpoint.tensors.part("network"))
        try head.load(checkpoint.tensors.part("head"))
        checkpoint.releasePages()
        try optimizer.restore(checkpoint.tensors.part("optimizer"))
        checkpoint.releasePages()
        classUpdating.rows?.forget()
        try average?.load(checkpoint.tensors.part("average"))
        self.state = state
    }

    var isCheckpointDue: Bool {
        guard checkpoints != nil else { return false }
        return switch plan.checkpointInterval {
        case .steps(let count): stepsSinceSaved >= count
        case .seconds(let seconds): Date().timeIntervalSince(lastSaved) >= seconds
        }
    }

    func save() throws {
        guard let checkpoints else { return }
        defer { (lastSaved, stepsSinceSaved) = (Date(), 0) }
        let tensors =
            backbone.tensors.map { ("network.\($0.name)", $0.tensor) }
            + head.tensors.map { ("head.\($0.name)", $0.tensor) }
            + optimizer.state.map { ("optimizer.\($0.name)", $0.tensor) }
            + (average?.tensors ?? []).map { ("average.\($0.name)", $0.tensor) }
        try observer(.saved(path: checkpoints.save(state, tensors: tensors)))
    }
}

extension WeightAverage {
    fileprivate func load(_ tensors: [String: Tensor]) throws {
        try backbone.load(tensors.filter { !$0.key.hasPrefix("head.") })
        try head?.load(tensors.part("head"))
    }
}

extension [String: Tensor] {
    /// The tensors whose name begins with a part's, without it.
    fileprivate func part(_ name: String) -> [String: Tensor] {
        let prefix = name + "."
        let members = filter { $0.key.hasPrefix(prefix) }
        return Dictionary(uniqueKeysWithValues: members.map { (String($0.key.dropFirst(prefix.count)), $0.value) })
    }
}
