import Models
import TestSupport
import Torch

/// An untrained model for the toy pictures.
enum ToyModel {
    static func make(seed: UInt64 = 1, embedding: Int = 8, addsMirrored: Bool = false) throws -> EmbeddingModel {
        let description = try Toy.network(embedding: embedding)
        return EmbeddingModel(
            transform: PictureTransform(channels: 1, height: Toy.size, width: Toy.size), description: description,
            backbone: try description.backbone(generator: Generator(seed: seed)), addsMirrored: addsMirrored,
            classNames: ["0", "1", "ü"], provenance: ["recipe": "toy"])
    }
}
