import Datasets
import Foundation
import Models
import Torch
import Verification

/// The trials of a list, scored by a model: every picture is embedded once.
public struct TrialScoring: Sendable {
    /// The score of each trial, a cosine.
    public let scores: [Double]
    /// The trials with their scores, in VoxCeleb's form: label, enrolled, test, score.
    public let text: String

    /// - Parameters:
    ///   - path: a trial list of VoxCeleb, OpenSphere or Kaldi, or LFW's pairs.
    ///   - root: the folder that the list's paths are relative to.
    /// - Throws: ``/Verification/TrialFileError`` where a trial names a file that does not exist, and what the model
    ///   and the pictures refuse.
    public init(
        model path: String, trials list: String, root: String, device name: String = "cpu",
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws {
        let trials = try Trials(list)
        let folder = URL(fileURLWithPath: root, isDirectory: true)
        let paths = trials.items.map { folder.appendingPathComponent($0).relativePath }
        if let missing = paths.firstIndex(where: { !FileManager.default.fileExists(atPath: $0) }) {
            throw TrialFileError(
                file: list,
                message: "names “\(trials.items[missing])”, but there is no file \(paths[missing]); "
                    + "say with --root which folder the list's paths are relative to")
        }
        var model = try EmbeddingModel(folder: TrainedRun.modelPath(path))
        let device = try Device(named: name)
        try model.backbone.move(to: device)
        let source = FileSource(paths: paths)
        let embeddings = try model.embeddings(of: source, indices: Array(paths.indices), on: device) {
            progress($0, paths.count)
        }
        // Whose the items are does not matter here: the list has the labels.
        let pairs = try TrialList(pairs: trials.pairs, identities: paths.indices)
        let scores = try Scoring.scores(of: pairs, embeddings: embeddings)
        var lines = ["# cosines of \(path), higher = same"]
        for (trial, pair) in trials.pairs.enumerated() {
            let label = trials.isSame.isEmpty ? [] : [trials.isSame[trial] ? "1" : "0"]
            let fields = label + [trials.items[pair.left], trials.items[pair.right], "\(scores[trial])"]
            lines.append(fields.joined(separator: " "))
        }
        self.scores = scores
        text = lines.joined(separator: "\n") + "\n"
    }

    /// A list of pairs in whatever form.
    private struct Trials {
        var items: [String] = []
        var pairs: [ItemPair] = []
        var isSame: [Bool] = []

        init(_ path: String) throws {
            guard let faces = try Self.facePairs(path) else {
                let file = try TrialFile(opening: path)
                guard !file.right.isEmpty else {
                    throw TrialFileError(file: path, message: "(\(file.layout.name)) has no pairs to score")
                }
                items = Array(file.items)
                pairs = (0..<file.count).map { ItemPair(left: Int(file.left[$0]), right: Int(file.right[$0])) }
                isSame = file.kinds.map { $0 == .genuine }
                return
            }
            var numbers: [FacePairs.Picture: Int] = [:]
            func number(_ picture: FacePairs.Picture) -> Int {
                if let number = numbers[picture] { return number }
                numbers[picture] = items.count
                items.append(picture.path)
                return items.count - 1
            }
            pairs = faces.pairs.map { ItemPair(left: number($0.left), right: number($0.right)) }
            isSame = faces.pairs.map(\.isSame)
        }

        /// LFW's pairs, if the first line holds numbers alone.
        private static func facePairs(_ path: String) throws -> FacePairs? {
            guard let contents = FileManager.default.contents(atPath: path) else { return nil }
            let first = contents.prefix { $0 != UInt8(ascii: "\n") }
            let fields = String(decoding: first, as: UTF8.self).split { $0.isWhitespace }
            guard (1...2).contains(fields.count), fields.allSatisfy({ Int($0) != nil }) else { return nil }
            return try FacePairs(contents: contents, name: path)
        }
    }
}
