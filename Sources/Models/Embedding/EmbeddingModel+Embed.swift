import Datasets
import Torch

extension EmbeddingModel {
    /// Unit embeddings of framed pictures, [N, d] in float32 on the CPU.
    ///
    /// A picture's embedding does not depend on what else is in the batch, beyond rounding.
    ///
    /// - Precondition: the pictures come from ``PictureTransform/framed(_:landmarks:)`` of this model.
    public func embeddings(ofFramed images: [Image], on device: Device = .cpu) throws -> Tensor {
        try withoutGradients { try features(ofFramed: images, on: device).unitRows().to(.cpu) }
    }

    /// Features of framed pictures as the network gives them, [N, d] in float32 on `device`: the mean over a picture
    /// and its mirror image, where the model says so.
    func features(ofFramed images: [Image], on device: Device) throws -> Tensor {
        try withoutGradients {
            let features = try plainFeatures(images, on: device)
            guard addsMirrored else { return features }
            return try (features + plainFeatures(images.map { $0.flippedHorizontally() }, on: device)) * 0.5
        }
    }

    private func plainFeatures(_ images: [Image], on device: Device) throws -> Tensor {
        try backbone(transform.batch(images).to(device), mode: .evaluation).to(.float32)
    }

    /// Unit embeddings of items of a source, [N, d], in the order of `indices`.
    ///
    /// Pictures are decoded on other threads while the network works.
    ///
    /// - Parameter progress: called with the number of pictures done.
    /// - Throws: ``/Datasets/DataError`` that names the picture that cannot be read.
    public func embeddings(
        of source: any ItemSource, indices: [Int], batchSize: Int = 64, on device: Device = .cpu,
        progress: (Int) -> Void = { _ in }
    ) throws -> Tensor {
        var parts: [Tensor] = []
        try forEachBatch(of: source, indices: indices, batchSize: batchSize, progress: progress) { images in
            parts.append(try embeddings(ofFramed: images, on: device))
        }
        return parts.isEmpty ? try Tensor.empty([0, embeddingSize]) : try Tensor.concatenated(parts)
    }

    /// Decodes and frames items in order, on other threads while `body` works.
    func forEachBatch(
        of source: any ItemSource, indices: [Int], batchSize: Int, progress: (Int) -> Void,
        _ body: ([Image]) throws -> Void
    ) throws {
        let transform = transform
        let loader = Loader<Image>(seed: 0) { index, _ in
            try transform.framedImage(of: source.items[index], in: source)
        }
        let batches = SequentialSampler(indices: indices, batchSize: batchSize).batches(epoch: 0)
        let run = loader.start(batches, epoch: 0)
        var done = 0
        while let batch = try run.next() {
            try body(batch.samples)
            done += batch.samples.count
            progress(done)
        }
    }
}

extension PictureTransform {
    /// An item of a source, decoded and framed.
    ///
    /// - Throws: ``/Datasets/DataError`` that names the file.
    public func framedImage(of item: Item, in source: any ItemSource) throws -> Image {
        let image = try source.image(of: item)
        do {
            return try framed(image, landmarks: item.landmarks)
        } catch let error as TransformError {
            throw DataError(path: source.place(of: item), message: error.description)
        }
    }
}

extension Tensor {
    /// Each row divided by its length; a row of zeros stays.
    public func unitRows() throws -> Tensor {
        let norms = try norm([-1], keeping: true)
        return try self / norms.clamped(from: 1e-30)
    }
}
