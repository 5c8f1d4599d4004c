import Datasets
import Gallery
import Models

/// A gallery with the model it was made by.
struct OpenedGallery {
    let gallery: Gallery
    let embedder: PictureEmbedder

    /// - Parameter model: where the model lies; none for where it lay when the gallery was made.
    init(_ path: String, model: String?, device: String) throws {
        gallery = try Gallery(path: path)
        let folder = TrainedRun.modelPath(model ?? gallery.settings.model)
        let opened: EmbeddingModel
        do {
            opened = try EmbeddingModel(folder: folder)
        } catch let error as ModelFolderError where model == nil {
            throw GalleryError(
                path: path, message: "its model cannot be read (\(error)); say where it is with --model")
        }
        try gallery.check(fingerprint: EmbeddingModel.fingerprint(of: opened, folder: folder))
        embedder = try PictureEmbedder(model: opened, device: device)
    }
}
