import Datasets
import Models
import Torch

/// A model that embeds or classifies pictures batch by batch. A picture that cannot be read does not end the run.
struct PictureEmbedder {
    private let model: EmbeddingModel
    private let device: Device
    private static let batchSize = 64

    /// What came of one batch.
    struct Batch {
        /// The items that were embedded, in the order of the rows.
        let indices: [Int]
        /// [N, d], rows of length 1; none where no picture of the batch could be read.
        let embeddings: Tensor?
        /// What was passed over, each with the file and the reason.
        let failures: [(index: Int, reason: String)]
    }

    /// A batch of pictures that could be read.
    private typealias Read = (indices: [Int], images: [Image], failures: [(index: Int, reason: String)])

    init(model: EmbeddingModel, device name: String) throws {
        device = try Device(named: name)
        var model = model
        try model.move(to: device)
        self.model = model
    }

    /// Embeds the items of a source, in order.
    func embed(_ source: any ItemSource, indices: [Int]? = nil, _ body: (Batch) throws -> Void) throws {
        try read(source, indices: indices) { read in
            try body(
                Batch(
                    indices: read.indices,
                    embeddings: read.images.isEmpty
                        ? nil : model.embeddings(ofFramed: read.images, on: device), failures: read.failures))
        }
    }

    /// Logits of the items of a source, in order: [N, C] in a row, none where no picture of a batch could be read.
    ///
    /// - Precondition: the model classifies.
    func classify(
        _ source: any ItemSource,
        _ body: (_ indices: [Int], _ logits: [Float], _ failures: [(index: Int, reason: String)]) throws -> Void
    ) throws {
        try read(source, indices: nil) { read in
            let logits =
                read.images.isEmpty ? [] : try model.logits(ofFramed: read.images, on: device).elements(as: Float.self)
            try body(read.indices, logits, read.failures)
        }
    }

    private func read(_ source: any ItemSource, indices: [Int]?, _ body: (Read) throws -> Void) throws {
        let transform = model.transform
        // An error is a sample, too.
        let loader = Loader<Result<Image, any Error>>(seed: 0) { index, _ in
            Result { try transform.framedImage(of: source.items[index], in: source) }
        }
        let order = indices ?? Array(source.items.indices)
        let batches = SequentialSampler(indices: order, batchSize: Self.batchSize).batches(epoch: 0)
        let run = loader.start(batches, epoch: 0)
        while let batch = try run.next() {
            var images: [Image] = []
            var embedded: [Int] = []
            var failures: [(index: Int, reason: String)] = []
            for (index, sample) in zip(batch.indices, batch.samples) {
                switch sample {
                case .success(let image):
                    images.append(image)
                    embedded.append(index)
                case .failure(let error):
                    failures.append((index, "\(error)"))
                }
            }
            try body((embedded, images, failures))
        }
    }
}
