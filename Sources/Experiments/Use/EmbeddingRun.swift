import Datasets
import Foundation
import Models
import Torch

/// The embeddings of files and folders, and what could not be read.
public struct EmbeddingRun: Sendable {
    /// The pictures that were embedded, in the order of the rows.
    public let paths: [String]
    /// [N, d], rows of length 1.
    public let embeddings: Tensor
    /// What was passed over, each with the file and the reason.
    public let failures: [String]

    /// - Throws: when the model cannot be read, an input does not exist, or nothing at all could be embedded.
    public init(
        model path: String, inputs: [String], device name: String = "cpu", progress: (Int, Int) -> Void = { _, _ in }
    ) throws {
        let embedder = try PictureEmbedder(
            model: EmbeddingModel(folder: TrainedRun.modelPath(path)), device: name)
        try self.init(embedder, inputs: inputs, progress: progress)
    }

    init(_ embedder: PictureEmbedder, inputs: [String], progress: (Int, Int) -> Void) throws {
        let source = try FileSource(filesAndFolders: inputs)
        var paths: [String] = []
        var failures: [String] = []
        var parts: [Tensor] = []
        try embedder.embed(source) { batch in
            paths += batch.indices.map { source.items[$0].path }
            failures += batch.failures.map(\.reason)
            if let embeddings = batch.embeddings { parts.append(embeddings) }
            progress(paths.count + failures.count, source.items.count)
        }
        guard !parts.isEmpty else {
            throw DataError(
                path: inputs.joined(separator: " "), message: "no picture could be read: \(failures.first ?? "")")
        }
        self.paths = paths
        self.failures = failures
        embeddings = try Tensor.concatenated(parts)
    }

    /// The number of dimensions.
    public var size: Int { embeddings.size(1) }

    /// Looks whether a file can be written, before hours are spent on what is to stand in it.
    ///
    /// - Throws: ``/Datasets/DataError`` where its folder does not exist or refuses.
    public static func checkWritable(_ file: String) throws {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw DataError(path: file, message: "cannot be written: \(folder) is no folder; make it first")
        }
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw DataError(path: file, message: "cannot be written: \(folder) is read-only; choose another folder")
        }
    }

    /// Writes a `.safetensors` file with the paths in its metadata, or a `.npy` file with a `.txt` file beside it.
    public func write(to file: String) throws {
        let url = URL(fileURLWithPath: file)
        if url.pathExtension == "npy" {
            try NumPyFile.save(embeddings, to: url)
            let list = paths.map { $0 + "\n" }.joined()
            let listFile = url.deletingPathExtension().appendingPathExtension("txt")
            try list.write(to: listFile, atomically: true, encoding: .utf8)
        } else {
            let document = String(decoding: try JSONEncoder().encode(paths), as: UTF8.self)
            try Safetensors.save([("embeddings", embeddings)], metadata: ["paths": document], to: url)
        }
    }

    /// One picture with its embedding, for JSON.
    public struct Record: Encodable, Sendable {
        public let path: String
        public let embedding: [Float]
    }

    public func records() throws -> [Record] {
        let numbers = try embeddings.elements(as: Float.self)
        return paths.enumerated().map { row, path in
            Record(path: path, embedding: Array(numbers[row * size..<(row + 1) * size]))
        }
    }
}
