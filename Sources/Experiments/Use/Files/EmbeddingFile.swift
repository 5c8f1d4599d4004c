import Datasets
import Foundation
import Models
import Torch
import Verification

/// Embeddings that `margin embed`, or another program, wrote.
public struct EmbeddingFile: Sendable {
    public let path: String
    /// [N, d] in float32, rows scaled to length 1.
    public let embeddings: Tensor
    /// What each row is of; none in a file without names.
    public let names: [String]?

    init(path: String, embeddings: Tensor, names: [String]?) {
        self.path = path
        self.embeddings = embeddings
        self.names = names
    }

    /// Whether a path looks like such a file.
    public static func isOne(_ path: String) -> Bool {
        path.hasSuffix(".safetensors") || path.hasSuffix(".npy")
    }

    /// Reads a `.safetensors` file with `embeddings` [N, d] (or one tensor alone) and the paths as JSON in its
    /// metadata, or a `.npy` file [N, d] with a `.txt` file of paths beside it.
    ///
    /// - Throws: ``/Datasets/DataError`` or ``/Torch/TensorFileError`` that names the file.
    public init(_ path: String) throws {
        let url = URL(fileURLWithPath: path)
        guard FileManager.default.fileExists(atPath: path) else {
            throw DataError(path: path, message: "there is no such file")
        }
        var names: [String]?
        let tensor: Tensor
        if url.pathExtension == "npy" {
            tensor = try NumPyFile.load(url)
            let list = url.deletingPathExtension().appendingPathExtension("txt").path
            if FileManager.default.fileExists(atPath: list) { names = try FieldLines.wholeLines(of: list) }
        } else {
            let file = try Safetensors.load(url)
            guard let found = file.tensors["embeddings"] ?? (file.tensors.count == 1 ? file.tensors.first?.value : nil)
            else {
                throw DataError(
                    path: path,
                    message: "has no tensor “embeddings”, but \(file.names.prefix(5).joined(separator: ", "))")
            }
            tensor = found
            names = file.metadata["paths"].flatMap { try? JSONDecoder().decode([String].self, from: Data($0.utf8)) }
        }
        guard tensor.rank == 2, tensor.size(0) > 0, tensor.size(1) > 0 else {
            throw DataError(
                path: path, message: "holds a tensor of shape \(tensor.shape); embeddings are [rows, dimensions]")
        }
        if let names, names.count != tensor.size(0) {
            throw DataError(path: path, message: "has \(tensor.size(0)) embeddings and \(names.count) names")
        }
        let rows = try tensor.to(.float32)
        guard try rows.sum().item().isFinite else {
            throw DataError(path: path, message: "holds a number that is not finite (NaN or infinity)")
        }
        self.path = path
        self.names = names
        embeddings = try rows.unitRows()
    }

    /// One label per row: from a file, or the folder that each name lies in.
    ///
    /// - Parameter file: one label per line in the order of the rows, or lines (or columns) `path` and `label`.
    /// - Throws: ``/Datasets/DataError`` that names what has no label.
    public func labels(from file: String?) throws -> [String] {
        guard let file else {
            let folders = names?.map { IdentityRule.lastFolder.identity(of: $0).map(String.init) } ?? []
            let labels = folders.compactMap(\.self)
            guard !labels.isEmpty, labels.count == embeddings.size(0) else {
                throw DataError(
                    path: path,
                    message:
                        "has no paths in folders that would tell whose each embedding is; name a list with --labels")
            }
            return labels
        }
        let list = try FieldLines(file)
        if list.lines.allSatisfy({ $0.fields.count == 1 }) {
            guard list.lines.count == embeddings.size(0) else {
                throw DataError(
                    path: file,
                    message: "has \(list.lines.count) labels for \(embeddings.size(0)) embeddings of \(path)")
            }
            return list.lines.map { $0.fields[0] }
        }
        guard let names else {
            throw DataError(
                path: file,
                message:
                    "gives labels to paths, but \(path) has no paths; give one label per line, in the order of rows")
        }
        var labels: [String: String] = [:]
        for line in try list.columns(["path", "label"]) { labels[line.fields[0]] = line.fields[1] }
        return try names.map { name in
            guard let label = labels[name] else { throw DataError(path: file, message: "has no label for “\(name)”") }
            return label
        }
    }

    /// The rows with their labels.
    public func labelled(from file: String?) throws -> LabelledEmbeddings {
        try LabelledEmbeddings(embeddings, labels: labels(from: file))
    }
}
