import Datasets
import Foundation
import Models

/// A model with the recipe it was trained by: what `evaluate` needs.
public struct TrainedRun: Sendable {
    public let model: EmbeddingModel
    public let recipe: Recipe
    public let folder: RunFolder

    /// Opens a run folder, or the model folder within one.
    ///
    /// - Parameter recipe: the recipe's file, where the folder has none.
    public init(path: String, recipe: String? = nil, settings: [RecipeDocument.Setting] = []) throws {
        let url = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
        let isModel = FileManager.default.fileExists(atPath: url.appendingPathComponent("model.json").path)
        folder = RunFolder(path: isModel ? url.deletingLastPathComponent().path : path)
        model = try EmbeddingModel(folder: isModel ? url.path : folder.model)
        let file = recipe ?? folder.recipe
        guard recipe != nil || FileManager.default.fileExists(atPath: file) else {
            throw RunFolderError(
                path: path,
                message: "has no recipe.yaml beside the model, which says what to evaluate on; name one with --recipe")
        }
        self.recipe = try Recipe(RecipeDocument(path: file, settings: settings))
    }

    /// The path of the model folder in what a user named: itself, or the run folder around it.
    public static func modelPath(_ path: String) -> String {
        let inner = URL(fileURLWithPath: path, isDirectory: true).appendingPathComponent("model").path
        return FileManager.default.fileExists(atPath: inner) ? inner : path
    }
}
