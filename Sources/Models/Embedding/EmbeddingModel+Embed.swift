import Datasets
import Torch

extension EmbeddingModel {
    /// Unit embeddings of framed pictures, [N, d] in float32 on the CPU.
    ///
    /// A picture's embedding does not depend on what else is in the batch, beyond rounding.
    ///
    /// - Precondition: the pictures come from ``PictureTransform/framed(_:landmarks:)`` of this model.
    public func embeddings(ofFramed images: [Image], on device: Device = .cpu) throws -> Tensor {
        try withoutGradients {
            var features = try features(of: images, on: device)
            if addsMirrored {
                features = try features + self.features(of: images.map { $0.flippedHorizontally() }, on: device)
            }
            return try features.unitRows().to(.cpu)
        }
    }

    private func features(of images: [Image], on device: Device) throws -> Tensor {
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
        let transform = transform
        let loader = Loader<Image>(seed: 0) { index, _ in
            try transform.framedImage(of: source.items[index], in: source)
        }
        let batches = SequentialSampler(indices: indices, batchSize: batchSize).batches(epoch: 0)
        let run = loader.start(batches, epoch: 0)
        var parts: [Tensor] = []
        var done = 0
        while let batch = try run.next() {
            parts.append(try embeddings(ofFramed: batch.samples, on: device))
            done += batch.samples.count
            progress(done)
        }
        return parts.isEmpty ? try Tensor.empty([0, embeddingSize]) : try Tensor.concatenated(parts)
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
