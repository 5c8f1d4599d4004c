import Foundation

/// Every item of a source read and decoded once, with what cannot be.
public struct SourceScan: Sendable {
    /// An item that cannot be read or decoded.
    public struct Fault: Sendable, Hashable {
        public let index: Int
        /// Names the file and says what is wrong.
        public let message: String
    }

    /// A picture's size.
    public struct Shape: Sendable, Hashable {
        public let width: Int
        public let height: Int
        public let channels: Int
    }

    /// In the order of the items.
    public let faults: [Fault]
    /// How many pictures are of each size.
    public let shapes: [Shape: Int]
    /// By index; `nil` of a fault or a picture of one grey.
    public let fingerprints: [PictureFingerprint?]
    /// Items of equal content.
    public let duplicates: Duplicates

    /// Reads on all processor cores.
    ///
    /// - Parameters:
    ///   - check: what else a picture must stand, such as a model's transform; an error is a fault.
    ///   - progress: called with items done and items in all.
    /// - Throws: an error of reading the equal files again.
    public init(
        of source: any ItemSource, check: @escaping @Sendable (Image, Item) throws -> Void = { _, _ in },
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws {
        let items = source.items
        let loader = Loader<Look>(workers: ProcessInfo.processInfo.activeProcessorCount, prefetch: 4, seed: 0) {
            index, _ in Look(at: items[index], in: source, check: check)
        }
        let run = loader.start(
            SequentialSampler(indices: Array(items.indices), batchSize: 64).batches(epoch: 0), epoch: 0)
        var faults: [Fault] = []
        var shapes: [Shape: Int] = [:]
        var fingerprints: [PictureFingerprint?] = []
        var hashes: [UInt64?] = []
        while let batch = try run.next() {
            for (index, look) in zip(batch.indices, batch.samples) {
                if let message = look.fault { faults.append(Fault(index: index, message: message)) }
                if let shape = look.shape { shapes[shape, default: 0] += 1 }
                fingerprints.append(look.fingerprint)
                hashes.append(look.hash)
            }
            progress(hashes.count, items.count)
        }
        self.faults = faults
        self.shapes = shapes
        self.fingerprints = fingerprints
        duplicates = try Duplicates(in: source, hashes: hashes)
    }
}

/// What is found out about one item.
private struct Look: Sendable {
    var hash: UInt64?
    var shape: SourceScan.Shape?
    var fingerprint: PictureFingerprint?
    var fault: String?

    init(at item: Item, in source: any ItemSource, check: (Image, Item) throws -> Void) {
        do {
            let bytes = try source.bytes(of: item)
            hash = contentHash(bytes)
            let image: Image
            do {
                image = try Image(decoding: bytes)
            } catch let error as ImageError {
                throw DataError(path: source.place(of: item), message: error.description)
            }
            shape = .init(width: image.width, height: image.height, channels: image.channels)
            fingerprint = PictureFingerprint(image)
            try check(image, item)
        } catch let error as DataError {
            fault = error.description
        } catch {
            fault = "\(source.place(of: item)): \(error)"
        }
    }
}
