import Datasets
import Foundation
import Models
import Torch
import Verification

/// Where the embeddings of named items come from: a model that looks at the files, or a file of embeddings that were
/// made before.
struct EmbeddingSupply {
    private enum Origin {
        case model(EmbeddingModel, Device)
        case file(EmbeddingFile, rows: [String: Int])
    }

    private let origin: Origin
    /// What a user named.
    let name: String

    /// - Parameter path: a model folder, the run folder around it, or a file of embeddings with names.
    init(_ path: String, device name: String) throws {
        self.name = path
        guard EmbeddingFile.isOne(path) else {
            var model = try EmbeddingModel(folder: TrainedRun.modelPath(path))
            let device = try Device(named: name)
            try model.move(to: device)
            origin = .model(model, device)
            return
        }
        let file = try EmbeddingFile(path)
        guard let names = file.names else {
            throw DataError(
                path: path,
                message: "has no names of its rows; write it with margin embed, or put them into a .txt beside it")
        }
        var rows: [String: Int] = [:]
        for (row, name) in names.enumerated() { rows[name] = row }
        origin = .file(file, rows: rows)
    }

    /// Unit embeddings of items, [N, d].
    ///
    /// - Parameters:
    ///   - items: paths relative to `root`, as a list gives them.
    ///   - list: the list, for messages.
    ///   - progress: called with the number of items done.
    func embeddings(
        of items: [String], in list: String, root: String, progress: (Int, Int) -> Void
    ) throws -> Tensor {
        switch origin {
        case .file(let file, let rows):
            let places = try items.map { item in
                let joined = Self.joined(root, item)
                guard let row = rows[item] ?? rows[joined] else {
                    throw TrialFileError(
                        file: list,
                        message: "names “\(item)”, of which \(file.path) has no embedding; "
                            + "its names begin with “\(file.names?.first ?? "")”")
                }
                return row
            }
            return try file.embeddings.rows(Tensor(places))
        case .model(let model, let device):
            let paths = items.map { Self.joined(root, $0) }
            if let missing = paths.firstIndex(where: { !FileManager.default.fileExists(atPath: $0) }) {
                throw TrialFileError(
                    file: list,
                    message: "names “\(items[missing])”, but there is no file \(paths[missing]); "
                        + "say with --root which folder the list's paths are relative to")
            }
            return try model.embeddings(of: FileSource(paths: paths), indices: Array(paths.indices), on: device) {
                progress($0, paths.count)
            }
        }
    }

    private static func joined(_ root: String, _ item: String) -> String {
        URL(fileURLWithPath: root, isDirectory: true).appendingPathComponent(item).relativePath
    }
}
