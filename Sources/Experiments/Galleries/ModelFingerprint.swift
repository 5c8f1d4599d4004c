import Foundation
import Models
import Networks

extension EmbeddingModel {
    /// What tells this model from every other whose embeddings would mean something else: the SHA-256 of its weights
    /// and of how pictures become embeddings. Thresholds and provenance may change without changing it.
    static func fingerprint(folder path: String) throws -> String {
        try fingerprint(of: EmbeddingModel(folder: path), folder: path)
    }

    static func fingerprint(of model: EmbeddingModel, folder path: String) throws -> String {
        struct Recipe: Encodable {
            let network: NetworkDescription
            let pictures: PictureTransform
            let addsMirrored: Bool
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let recipe = try encoder.encode(
            Recipe(network: model.description, pictures: model.transform, addsMirrored: model.addsMirrored))
        let weights = URL(fileURLWithPath: path, isDirectory: true).appendingPathComponent("weights.safetensors")
        return try SHA256.hexadecimal(of: recipe + Data(SHA256.hexadecimal(ofFile: weights.path).utf8))
    }
}
