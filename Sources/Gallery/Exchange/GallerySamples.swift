import Foundation
import GRDB
import Torch

/// Every sample of a gallery, by itself: what is exported, imported and merged.
public struct GallerySamples: Sendable {
    /// [N, d] in float32, rows of length 1.
    public let embeddings: Tensor
    /// The identity of each row.
    public let names: [String]
    /// Where each row came from.
    public let sources: [String]
    /// When each row was stored.
    public let added: [Date]

    public init(embeddings: Tensor, names: [String], sources: [String], added: [Date]) {
        precondition(
            embeddings.rank == 2 && embeddings.size(0) == names.count && names.count == sources.count
                && names.count == added.count, "one name, source and time for each row")
        self.embeddings = embeddings
        self.names = names
        self.sources = sources
        self.added = added
    }
}

extension Gallery {
    /// Every sample, in the order of the places in which they lie.
    public func samples() throws -> GallerySamples {
        try read { database in
            let count = try size(database).samples
            let embeddings = try Tensor.empty([count, settings.dimensions], scalarType: .float32)
            let start = try embeddings.withElements(of: Float.self) { $0.baseAddress }
            var row = 0
            try VectorBlocks(database, path: path, dimensions: settings.dimensions).forEach { _, vector in
                guard let start, row < count else {
                    throw GalleryError.damaged(path, "it holds more embeddings than it counts")
                }
                memcpy(start + row * settings.dimensions, vector, 4 * settings.dimensions)
                row += 1
            }
            guard row == count else {
                throw GalleryError.damaged(path, "it holds \(row) embeddings where it counts \(count)")
            }
            var (names, sources, added): ([String], [String], [Date]) = ([], [], [])
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT name, source, sample.added FROM sample JOIN identity ON identity.id = identity ORDER BY place
                    """)
            while let row = try rows.next() {
                names.append(row[0])
                sources.append(row[1])
                added.append(Date(timeIntervalSince1970: row[2]))
            }
            guard names.count == count else {
                throw GalleryError.damaged(path, "a sample belongs to nobody")
            }
            return GallerySamples(embeddings: embeddings, names: names, sources: sources, added: added)
        }
    }

    /// Stores samples, all or none of them.
    ///
    /// - Returns: how many were stored.
    /// - Throws: as ``add(_:knownNames:)-([Enrolment],_)`` does.
    @discardableResult
    public func add(_ samples: GallerySamples, knownNames: KnownNames = .refused) throws -> Int {
        guard samples.embeddings.size(1) == settings.dimensions else {
            throw GalleryError(
                path: path,
                message: "holds embeddings of \(settings.dimensions) dimensions, and these have "
                    + "\(samples.embeddings.size(1))")
        }
        let numbers = try samples.embeddings.to(.float32).contiguous()
        guard let start = try numbers.withElements(of: Float.self, { $0.baseAddress }) else { return 0 }
        let size = settings.dimensions
        var groups: [(name: String, rows: [Int])] = []
        var places: [String: Int] = [:]
        for (row, name) in samples.names.enumerated() {
            if let place = places[name] {
                groups[place].rows.append(row)
            } else {
                places[name] = groups.count
                groups.append((name, [row]))
            }
        }
        let stored = try write { database in
            var stored = 0
            // In parts, so that no second copy of all numbers is made.
            for first in stride(from: 0, to: groups.count, by: 4096) {
                let part = groups[first..<min(first + 4096, groups.count)].map { group in
                    Enrolment(
                        name: group.name,
                        samples: group.rows.map { row in
                            EnrolledSample(
                                source: samples.sources[row],
                                embedding: Array(UnsafeBufferPointer(start: start + row * size, count: size)))
                        })
                }
                stored += try store(part, knownNames, database).reduce(0) { $0 + $1.sampleCount }
            }
            return stored
        }
        withExtendedLifetime(numbers) {}
        return stored
    }

    /// Adds what another gallery holds, all of it or nothing. The other stays as it is.
    ///
    /// - Returns: how many samples were stored.
    /// - Throws: ``GalleryError`` where the other was made by another model, or as
    ///   ``add(_:knownNames:)-([Enrolment],_)`` does.
    @discardableResult
    public func merge(_ other: Gallery, knownNames: KnownNames = .refused) throws -> Int {
        guard
            URL(fileURLWithPath: other.path).resolvingSymlinksInPath()
                != URL(fileURLWithPath: path).resolvingSymlinksInPath()
        else { throw GalleryError(path: path, message: "cannot be merged with itself") }
        guard other.settings.fingerprint == settings.fingerprint else {
            throw GalleryError(
                path: other.path,
                message: "was made by another model (\(other.settings.model)) than \(path) (\(settings.model)): "
                    + "embeddings of two models cannot be compared")
        }
        return try add(other.samples(), knownNames: knownNames)
    }
}
