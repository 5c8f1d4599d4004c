import Foundation

/// Keeps decoded samples in memory up to a limit, so that small sets are decoded once.
///
/// What is kept stays: an epoch visits every sample once, and a cache that drops the oldest to make
/// room would, on a set larger than the limit, drop each sample just before its next use.
public final class SampleCache<Sample: Sendable>: Sendable {
    private struct Contents: Sendable {
        var samples: [Int: Sample] = [:]
        var byteCount = 0
    }

    /// The most bytes that are kept.
    public let byteLimit: Int
    private let size: @Sendable (Sample) -> Int
    private let contents = Locked(Contents())

    /// - Parameter size: the bytes that a sample takes.
    public init(byteLimit: Int, size: @escaping @Sendable (Sample) -> Int) {
        self.byteLimit = byteLimit
        self.size = size
    }

    /// The bytes that are kept at present.
    public var byteCount: Int { contents.withLock { $0.byteCount } }

    /// The sample of an index: the kept one, or what `load` makes, which is kept if it fits.
    ///
    /// Two threads that ask for the same sample at once may both load it; one result is kept.
    public func sample(_ index: Int, load: () throws -> Sample) rethrows -> Sample {
        if let kept = contents.withLock({ $0.samples[index] }) { return kept }
        let sample = try load()
        let size = size(sample)
        contents.withLock { contents in
            guard contents.samples[index] == nil, contents.byteCount + size <= byteLimit else { return }
            contents.samples[index] = sample
            contents.byteCount += size
        }
        return sample
    }
}

extension SampleCache where Sample == Image {
    /// A cache of pictures, which take one byte a sample.
    public convenience init(byteLimit: Int) {
        self.init(byteLimit: byteLimit) { $0.pixels.count }
    }
}
