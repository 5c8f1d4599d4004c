import Datasets
import Foundation
import Gallery
import Models

/// A new gallery, with the strangers by whom "nobody" is decided.
public struct GalleryCreation: Sendable, Encodable {
    public let gallery: String
    public let settings: GallerySettings
    public let strangerCount: Int
    /// Where the strangers are from, or why there are none.
    public let strangers: String
    /// What was passed over, each with the file and the reason.
    public let failures: [String]

    /// Who the strangers are.
    public enum Cohort: Sendable {
        /// The development identities of the run that made the model.
        case development(DataRoots)
        /// The pictures of a folder.
        case folder(String)
        case none
    }

    /// - Throws: what is wrong with the model, the cohort's folder or the gallery's place.
    public init(
        path: String, model: String, pooling: Pooling, cohort: Cohort, rate: Double?, allowsUnsupportedRate: Bool,
        device: String = "cpu", progress: (Int, Int) -> Void = { _, _ in }
    ) throws {
        try EmbeddingRun.checkWritable(path)
        try Gallery.checkUnused(path: path)
        let folder = TrainedRun.modelPath(model)
        let opened = try EmbeddingModel(folder: folder)
        let embedder = try PictureEmbedder(model: opened, device: device)
        let found = try Strangers(cohort, model: model, embedder, progress: progress)
        let made = try Gallery.create(
            path: path,
            settings: GallerySettings(
                fingerprint: EmbeddingModel.fingerprint(of: opened, folder: folder),
                model: URL(fileURLWithPath: folder).path, dimensions: opened.embeddingSize, pooling: pooling,
                falsePositiveRate: rate, allowsUnsupportedRate: allowsUnsupportedRate))
        if !found.strangers.isEmpty { try made.replaceStrangers(found.strangers) }
        gallery = path
        settings = made.settings
        strangerCount = found.strangers.count
        strangers = found.origin
        failures = found.failures
    }
}

/// Pictures of people who are not to be found.
private struct Strangers {
    private(set) var strangers: [Stranger] = []
    private(set) var failures: [String] = []
    private(set) var origin = ""

    init(
        _ cohort: GalleryCreation.Cohort, model: String, _ embedder: PictureEmbedder, progress: (Int, Int) -> Void
    ) throws {
        switch cohort {
        case .none:
            origin = "none, as was asked"
        case .folder(let folder):
            origin = "the pictures of \(folder)"
            // A folder of people, or of pictures.
            let source: any ItemSource =
                try (try? FolderSource(root: folder)) ?? FileSource(filesAndFolders: [folder])
            try add(source, Array(source.items.indices), embedder, progress)
        case .development(let roots):
            do {
                let run = try TrainedRun(path: model)
                let data = try OpenedData(run.recipe.data, roots: roots)
                try add(data.source, data.indices(of: Split.development), embedder, progress)
                origin = "the development identities of \(run.recipe.name)"
            } catch {
                strangers = []
                origin = "none: the development identities of the model's run cannot be had (\(error))"
            }
        }
    }

    private mutating func add(
        _ source: any ItemSource, _ indices: [Int], _ embedder: PictureEmbedder, _ progress: (Int, Int) -> Void
    ) throws {
        try embedder.embed(source, indices: indices) { batch in
            for (row, index) in batch.indices.enumerated() {
                let item = source.items[index]
                guard let embedding = try batch.embeddings?[row].elements(as: Float.self) else { continue }
                strangers.append(
                    Stranger(label: item.label, source: source.place(of: item), embedding: embedding))
            }
            failures += batch.failures.map(\.reason)
            progress(strangers.count + failures.count, indices.count)
        }
    }
}
