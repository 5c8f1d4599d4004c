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

    private static let batchSize = 64

    /// - Throws: when the model cannot be read, an input does not exist, or nothing at all could be embedded.
    public init(
        model path: String, inputs: [String], device name: String = "cpu", progress: (Int, Int) -> Void = { _, _ in }
    ) throws {
        var model = try EmbeddingModel(folder: TrainedRun.modelPath(path))
        let device = try Device(named: name)
        try model.backbone.move(to: device)
        let source = try FileSource(filesAndFolders: inputs)
        let transform = model.transform
        // A picture that cannot be read must not end the run: its error is the sample.
        let loader = Loader<Result<Image, any Error>>(seed: 0) { index, _ in
            Result { try transform.framedImage(of: source.items[index], in: source) }
        }
        let order = Array(source.items.indices)
        let batches = SequentialSampler(indices: order, batchSize: Self.batchSize).batches(epoch: 0)
        let run = loader.start(batches, epoch: 0)

        var paths: [String] = []
        var failures: [String] = []
        var parts: [Tensor] = []
        var done = 0
        while let batch = try run.next() {
            var images: [Image] = []
            for (index, sample) in zip(batch.indices, batch.samples) {
                switch sample {
                case .success(let image):
                    images.append(image)
                    paths.append(source.items[index].path)
                case .failure(let error):
                    failures.append("\(error)")
                }
            }
            if !images.isEmpty { parts.append(try model.embeddings(ofFramed: images, on: device)) }
            done += batch.samples.count
            progress(done, order.count)
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
