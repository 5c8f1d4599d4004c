import Foundation

/// Loads batches of samples on threads of its own, ahead of the loop that uses them.
///
/// Batches come in order, and each sample's random numbers depend on the seed, the epoch and the
/// sample alone, so that the result is the same for any number of workers.
///
/// ```swift
/// let loader = Loader(workers: 4, seed: 7) { index, generator in
///     let image = try source.image(of: source.items[index])
///     return generator.chance(0.5) ? image.flippedHorizontally() : image
/// }
/// let run = loader.start(sampler.batches(epoch: 0), epoch: 0)
/// while let batch = try run.next() { train(on: batch.samples) }
/// ```
public struct Loader<Sample: Sendable>: Sendable {
    /// Makes the sample of an index. It is called on many threads at once and draws all its random
    /// numbers from the generator it is given.
    public typealias Load = @Sendable (_ index: Int, _ generator: inout SeededGenerator) throws -> Sample

    /// Samples that belong together.
    public struct Batch: Sendable {
        /// The batch's place in the epoch.
        public let number: Int
        public let indices: [Int]
        /// One for each index, in the same order.
        public let samples: [Sample]
    }

    /// Threads that load; with 0 the caller's own thread does, when it asks for a batch.
    public let workers: Int
    /// Batches that are made ready before they are asked for, which bounds the memory taken.
    public let prefetch: Int
    public let seed: UInt64
    private let name: (@Sendable (Int) -> String)?
    private let load: Load

    /// - Parameters:
    ///   - workers: threads that load; unless given, one for each processor core but one.
    ///   - name: what a sample is called in an error, where `load` does not say it itself.
    /// - Precondition: `workers` is not negative and `prefetch` is positive.
    public init(
        workers: Int = max(1, ProcessInfo.processInfo.activeProcessorCount - 1), prefetch: Int = 2, seed: UInt64,
        name: (@Sendable (Int) -> String)? = nil, load: @escaping Load
    ) {
        precondition(workers >= 0, "a number of threads is not negative")
        precondition(prefetch > 0, "at least the batch that is asked for is made ready")
        self.workers = workers
        self.prefetch = prefetch
        self.seed = seed
        self.name = name
        self.load = load
    }

    /// Starts to load an epoch.
    ///
    /// - Parameters:
    ///   - batches: all batches of the epoch.
    ///   - first: where to begin; a run that is resumed leaves out what it has had.
    public func start(_ batches: [[Int]], epoch: Int, from first: Int = 0) -> LoaderRun<Sample> {
        let repeats = repetitions(in: batches)
        let seed = seed
        let name = name
        let load = load
        let queue = BatchQueue<Sample>(
            sizes: batches.map(\.count), first: first, prefetch: prefetch, workers: workers
        ) { batch, position in
            let index = batches[batch][position]
            var generator = SeededGenerator(
                seed: seed, stream: UInt64(epoch), UInt64(index), UInt64(repeats[batch][position]))
            do {
                return try load(index, &generator)
            } catch {
                guard let name else { throw error }
                throw SampleError(name: name(index), underlying: error)
            }
        }
        return LoaderRun(batches: batches, queue: queue, workers: workers)
    }

    /// How often each index was drawn before in the epoch, so that a repeated sample varies.
    private func repetitions(in batches: [[Int]]) -> [[Int]] {
        var seen: [Int: Int] = [:]
        return batches.map { batch in
            batch.map { index in
                defer { seen[index, default: 0] += 1 }
                return seen[index, default: 0]
            }
        }
    }
}

/// The failure of one sample.
public struct SampleError: Error, CustomStringConvertible {
    /// The file or record.
    public let name: String
    public let underlying: any Error

    public var description: String { "\(name): \(underlying)" }
}
