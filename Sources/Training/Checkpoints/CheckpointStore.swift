import Foundation
import Torch

/// The checkpoints of one run: a folder of files, each whole or absent.
///
/// A checkpoint is a safetensors file; its metadata says how far the run had come.
public struct CheckpointStore: Sendable {
    public let folder: URL
    /// How many of the newest are kept.
    public let kept: Int

    private static let prefix = "step-"
    private static let suffix = ".safetensors"

    public init(folder: URL, kept: Int = 2) {
        precondition(kept > 0, "at least the newest is kept")
        self.folder = folder
        self.kept = kept
    }

    public struct Checkpoint {
        public let state: TrainingState
        public let tensors: [String: Tensor]
        public let path: String
        private let file: Safetensors

        init(state: TrainingState, file: Safetensors, path: String) {
            self.state = state
            self.file = file
            self.path = path
            tensors = file.tensors
        }

        /// Gives back the memory of the tensors read so far, so that a checkpoint need not fit beside what it is
        /// copied to.
        func releasePages() { file.releasePages() }
    }

    /// Writes a checkpoint and removes those that are too old.
    ///
    /// - Returns: the file's path.
    /// - Throws: ``CheckpointWriteError`` when the disk refuses; the checkpoints before are as they were.
    @discardableResult
    public func save(_ state: TrainingState, tensors: [(name: String, tensor: Tensor)]) throws -> String {
        do {
            return try write(state, tensors)
        } catch let error as TensorFileError {
            throw CheckpointWriteError(path: error.file, reason: error.reason)
        } catch let error as CocoaError {
            throw CheckpointWriteError(path: folder.path, reason: "cannot be written: \(error.localizedDescription)")
        }
    }

    private func write(_ state: TrainingState, _ tensors: [(name: String, tensor: Tensor)]) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let number = String(repeating: "0", count: max(0, 9 - "\(state.step)".count)) + "\(state.step)"
        let file = folder.appendingPathComponent(Self.prefix + number + Self.suffix)
        let document = String(decoding: try JSONEncoder().encode(state), as: UTF8.self)
        try Safetensors.save(tensors.map { ($0.name, $0.tensor) }, metadata: ["state": document], to: file)
        // Newer ones could not be read, or this one would not have been made: they push nothing out.
        let readable = try files().filter { $0.lastPathComponent <= file.lastPathComponent }
        for old in readable.dropFirst(kept) { try FileManager.default.removeItem(at: old) }
        return file.path
    }

    /// The newest checkpoint that can be read; `nil` when there is none at all.
    ///
    /// - Parameter passedOver: called for each newer one that cannot be read, with the reason.
    /// - Throws: the last reason when there are checkpoints and none can be read.
    public func newest(passedOver: (String, any Error) -> Void = { _, _ in }) throws -> Checkpoint? {
        var failure: (any Error)?
        for file in try files() {
            do {
                let contents = try Safetensors.load(file)
                guard let document = contents.metadata["state"] else {
                    throw TensorFileError(
                        file: file.path, reason: "is no checkpoint: it does not say how far the run had come")
                }
                return Checkpoint(
                    state: try Self.state(document, file), file: contents, path: file.path)
            } catch {
                passedOver(file.path, error)
                failure = error
            }
        }
        if let failure { throw failure }
        return nil
    }

    private static func state(_ document: String, _ file: URL) throws -> TrainingState {
        do {
            return try JSONDecoder().decode(TrainingState.self, from: Data(document.utf8))
        } catch {
            throw TensorFileError(
                file: file.path, reason: "is no checkpoint that can be understood: it says “\(document)” of its run")
        }
    }

    /// Newest first.
    private func files() throws -> [URL] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasPrefix(Self.prefix) && $0.lastPathComponent.hasSuffix(Self.suffix) }
            .sorted { $0.lastPathComponent > $1.lastPathComponent }
    }
}

/// A checkpoint that can be read and does not belong to the run.
public struct CheckpointError: Error, Equatable, CustomStringConvertible {
    public let path: String
    public let reason: String

    public var description: String {
        "\(path): \(reason); go on with the recipe that the run began with, or begin anew"
    }
}

/// A checkpoint that the disk refuses.
public struct CheckpointWriteError: Error, Equatable, CustomStringConvertible {
    public let path: String
    public let reason: String

    public var description: String {
        "\(path): \(reason); make room there and resume the run: the checkpoints before this one are whole"
    }
}
