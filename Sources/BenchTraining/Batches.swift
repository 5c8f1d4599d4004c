import Datasets
import Models
import Torch
import Training

/// What is trained on: one batch over and over, or the next one from files each time.
protocol Batches {
    mutating func next() throws -> (pictures: Tensor, labels: Tensor)
}

/// A batch of noise.
struct NoiseBatch: Batches {
    let pictures: Tensor
    let labels: Tensor

    init(count: Int, shape: [Int], classes: Int, generator: Generator) throws {
        pictures = try Tensor.normal([count] + shape, generator: generator)
        labels = try Tensor((0..<count).map { Int64($0 * 37 % classes) })
    }

    func next() -> (pictures: Tensor, labels: Tensor) { (pictures, labels) }
}

/// The pictures of a folder in the order of their names, decoded anew for each step.
struct FileBatches: Batches {
    private let data: TrainingData
    private let labels: [Int]
    private var epoch = 0
    private var run: LoaderRun<Image>

    init(folder: String, count: Int, shape: [Int]) throws {
        let source = try FolderSource(root: folder)
        let whole = source.items.count / count * count
        precondition(whole > 0, "\(folder) has fewer pictures than a batch")
        let classes = Classes(labels: source.items.map(\.label))
        labels = source.items.map { classes.number(of: $0.label) ?? 0 }
        data = TrainingData(
            source: source, sampler: SequentialSampler(indices: Array(0..<whole), batchSize: count),
            transform: PictureTransform(channels: shape[0], height: shape[1], width: shape[2]),
            augmentation: Augmentation(), classes: classes, seed: 1, cacheLimit: 0)
        run = data.start(data.sampler.batches(epoch: 0), epoch: 0)
    }

    mutating func next() throws -> (pictures: Tensor, labels: Tensor) {
        if let batch = try run.next() {
            return (try data.transform.batch(batch.samples), try Tensor(batch.indices.map { labels[$0] }))
        }
        epoch += 1
        run = data.start(data.sampler.batches(epoch: epoch), epoch: epoch)
        return try next()
    }
}
