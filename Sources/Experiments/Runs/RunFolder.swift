import Foundation
import Torch

/// The folder of one run: `runs/<name>/` with `recipe.yaml`, `run.json`, `data.json`, `log.jsonl`, `checkpoints/`, `model/`,
/// `plots/`, `tensorboard/`, `profile/`, `report.html`.
public struct RunFolder: Sendable {
    public let path: String

    public init(path: String) {
        self.path = path
    }

    /// The folder of a recipe under the folder of all runs.
    public init(runs: String, name: String) {
        path = URL(fileURLWithPath: runs, isDirectory: true).appendingPathComponent(name).relativePath
    }

    /// The copy of the split file that the recipe named.
    static let splitName = "split.csv"

    public var recipe: String { file("recipe.yaml") }
    /// What it takes to do the run again: data, versions, machine.
    public var record: String { file("run.json") }
    public var data: String { file("data.json") }
    public var log: String { file("log.jsonl") }
    public var model: String { file("model") }
    public var evaluation: String { file("evaluation.json") }
    public var plots: String { file("plots") }
    /// The page that tells all of it.
    public var report: String { file("report.html") }
    /// The page of a comparison with another run.
    func report(against name: String) -> String { file("\(Self.comparisonPrefix)\(PlotFolder.fileName(name)).html") }
    private static let comparisonPrefix = "report-against-"
    public var checkpoints: URL { URL(fileURLWithPath: file("checkpoints"), isDirectory: true) }
    /// TensorBoard's files.
    public var tensorBoard: URL { URL(fileURLWithPath: file("tensorboard"), isDirectory: true) }
    /// What `--profile` writes.
    public var profile: URL { URL(fileURLWithPath: file("profile"), isDirectory: true) }
    var split: String { file(Self.splitName) }
    /// Which training labels were replaced, where the recipe asks for that.
    var labelNoise: String { file("label_noise.csv") }
    private var lock: String { file(".lock") }

    private func file(_ name: String) -> String {
        URL(fileURLWithPath: path, isDirectory: true).appendingPathComponent(name).relativePath
    }

    /// What a run writes, the lock apart.
    private static let contents = [
        "recipe.yaml", splitName, "run.json", "data.json", "log.jsonl", "checkpoints", "model", "plots",
        "evaluation.json", "tensorboard", "profile", "label_noise.csv", "report.html",
    ]

    /// Whether something was run here before.
    public var exists: Bool { Self.contents.contains { FileManager.default.fileExists(atPath: file($0)) } }

    /// Makes the folder, locks it for as long as the returned value lives, and removes what a process that was
    /// killed left half written.
    ///
    /// - Throws: ``RunFolderError`` when it cannot be written, or another process is running in it.
    func claim() throws -> RunLock {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw RunFolderError(
                path: path, message: "cannot be written: \(error.localizedDescription); choose another with --runs")
        }
        let lock = try RunLock(file: lock, folder: path)
        for place in [checkpoints, URL(fileURLWithPath: model, isDirectory: true)] {
            AtomicFile.removeDrafts(in: place)
        }
        return lock
    }

    /// Removes what an earlier run left, the lock apart.
    func clear() throws {
        let comparisons = try FileManager.default.contentsOfDirectory(atPath: path).filter {
            $0.hasPrefix(Self.comparisonPrefix) && $0.hasSuffix(".html")
        }
        for item in (Self.contents + comparisons).map(file) {
            if FileManager.default.fileExists(atPath: item) { try FileManager.default.removeItem(atPath: item) }
        }
    }
}

/// What is wrong with a run folder.
public struct RunFolderError: Error, Equatable, CustomStringConvertible {
    public let path: String
    public let message: String

    init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    /// What the disk refuses in the middle of a run.
    init(refusal message: String, of path: String) {
        self.init(
            path: path,
            message: message + "; make room there and go on with --resume: the checkpoints before are whole")
    }

    public var description: String { "\(path): \(message)" }
}
