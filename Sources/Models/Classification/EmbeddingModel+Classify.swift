import Datasets
import Torch

extension EmbeddingModel {
    /// The logits of framed pictures, [N, C] in float32 on the CPU.
    ///
    /// - Precondition: the model has a ``classifier``.
    public func logits(ofFramed images: [Image], on device: Device = .cpu) throws -> Tensor {
        try classified(features(ofFramed: images, on: device)).to(.cpu)
    }

    /// Features as the network gives them, [N, d], and logits, [N, C], of items of a source, in the order of `indices`;
    /// both on the CPU.
    ///
    /// - Parameter progress: called with the number of pictures done.
    /// - Throws: ``/Datasets/DataError`` that names the picture that cannot be read.
    /// - Precondition: the model has a ``classifier``.
    public func classified(
        _ source: any ItemSource, indices: [Int], batchSize: Int = 64, on device: Device = .cpu,
        progress: (Int) -> Void = { _ in }
    ) throws -> (features: Tensor, logits: Tensor) {
        var features: [Tensor] = []
        var logits: [Tensor] = []
        try forEachBatch(of: source, indices: indices, batchSize: batchSize, progress: progress) { images in
            let found = try self.features(ofFramed: images, on: device)
            features.append(try found.to(.cpu))
            logits.append(try classified(found).to(.cpu))
        }
        guard !features.isEmpty else {
            return (try Tensor.empty([0, embeddingSize]), try Tensor.empty([0, classNames.count]))
        }
        return (try Tensor.concatenated(features), try Tensor.concatenated(logits))
    }

    private func classified(_ features: Tensor) throws -> Tensor {
        guard let classifier else { preconditionFailure("a model without classes classifies nothing") }
        return try classifier.logits(features)
    }
}
