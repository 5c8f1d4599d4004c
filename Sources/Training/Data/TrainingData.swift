import Datasets
import Models
import Torch

/// The samples of training: where they come from, in what order, and how they are varied.
public struct TrainingData: Sendable {
    public let source: any ItemSource
    public let sampler: any Sampler
    public let transform: PictureTransform
    public let augmentation: Augmentation
    /// The classes: the rows of the head.
    public let classes: Classes
    /// α of mixup's Beta(α, α); 0 mixes nothing.
    public let mixup: Double
    private let seed: UInt64
    private let loader: Loader<Image>
    private let cache: SampleCache<Image>
    private let cacheLimit: Int

    /// - Parameters:
    ///   - mixup: α of the Beta(α, α) from which mixup draws how much of another sample joins each; 0 for none.
    ///   - classes: every label that the sampler draws.
    ///   - cacheLimit: bytes of framed pictures that are kept, so that they are decoded once.
    ///   - workers: threads that decode; the result is the same for any number.
    public init(
        source: any ItemSource, sampler: any Sampler, transform: PictureTransform, augmentation: Augmentation,
        classes: Classes, mixup: Double = 0, seed: UInt64, workers: Int? = nil, cacheLimit: Int = 1 << 30
    ) {
        self.source = source
        self.sampler = sampler
        self.transform = transform
        self.augmentation = augmentation
        self.classes = classes
        self.mixup = mixup
        self.seed = seed
        let cache = SampleCache<Image>(byteLimit: cacheLimit)
        self.cache = cache
        self.cacheLimit = cacheLimit
        let load: Loader<Image>.Load = { index, generator in
            let framed = try cache.sample(index) {
                try transform.framedImage(of: source.items[index], in: source)
            }
            return augmentation(framed, using: &generator)
        }
        loader = workers.map { Loader(workers: $0, seed: seed, load: load) } ?? Loader(seed: seed, load: load)
    }

    /// Bytes of framed pictures that are kept: now, and once every sample of the source was seen.
    public var cacheNeed: (held: Int, whole: Int) {
        let one = transform.channels * transform.height * transform.width
        return (cache.byteCount, min(cacheLimit, one * source.items.count))
    }

    /// The batches of an epoch, counted from 0, as indices of items.
    func batches(epoch: Int) -> [[Int]] { sampler.batches(epoch: epoch) }

    /// Starts to load an epoch, beginning with its batch number `first`.
    public func start(_ batches: [[Int]], epoch: Int, from first: Int = 0) -> LoaderRun<Image> {
        loader.start(batches, epoch: epoch, from: first)
    }

    /// How the `count` samples of a batch from its `first` on are mixed with one another, by seed, epoch and place
    /// alone; `nil` without mixup.
    func mixture(epoch: Int, batch: Int, first: Int = 0, count: Int) -> Mixture? {
        guard mixup > 0 else { return nil }
        // Four numbers address what belongs to a batch, three what belongs to a sample (``Loader``).
        var generator = SeededGenerator(seed: seed, stream: UInt64(epoch), UInt64(batch), UInt64(first), 0)
        return Mixture(alpha: mixup, count: count, using: &generator)
    }

    /// What a network's masks are drawn from for the part of a batch from its `first` sample on, by seed, epoch and place
    /// alone.
    func networkSeed(epoch: Int, batch: Int, first: Int) -> UInt64 {
        var generator = SeededGenerator(seed: seed, stream: UInt64(epoch), UInt64(batch), UInt64(first), 1)
        return generator.next()
    }

    /// The classes of items, as int64 [N].
    func labels(of indices: [Int]) throws -> Tensor {
        let numbers = indices.map { index in
            guard let number = classes.number(of: source.items[index].label) else {
                preconditionFailure("the sampler draws “\(source.items[index].label)”, which is no class")
            }
            return number
        }
        return try Tensor(numbers)
    }

    /// The files of items, for messages.
    func places(of indices: [Int]) -> [String] { indices.map { source.place(of: source.items[$0]) } }
}
