import Foundation
import GRDB
import Torch

/// An identity that a picture may show.
public struct IdentityMatch: Hashable, Sendable, Codable {
    public let name: String
    /// The cosine with the identity's direction, or with the best of its samples (``Pooling``).
    public let score: Double
}

extension Gallery {
    /// The identities most alike each embedding, best first; fewer where the gallery has fewer.
    ///
    /// The search is exact: it finds what scoring everybody in double precision finds. Of equal scores that identity
    /// comes first whose sample lies first.
    ///
    /// - Parameters:
    ///   - embeddings: [N, d] of any length but 0.
    ///   - count: how many identities, at least 1.
    /// - Throws: ``GalleryError`` where the gallery is damaged or the embeddings are not of its dimensions.
    public func identify(_ embeddings: Tensor, count: Int) throws -> [[IdentityMatch]] {
        precondition(count > 0, "no identities are asked for")
        guard embeddings.rank == 2, embeddings.size(1) == settings.dimensions else {
            throw GalleryError(
                path: path, message: "holds embeddings of \(settings.dimensions) dimensions, not \(embeddings.shape)")
        }
        let queries = try directions(embeddings)
        return try read { database in
            let loaded = try loaded(database)
            return try ranked(queries, count, loaded).map { found in
                try found.map { IdentityMatch(name: try name(of: $0.owner, database), score: $0.score) }
            }
        }
    }

    /// How the last searches were done, and why; none before the first.
    public var searchMethod: SearchMethod? { cache.withLock { $0?.index.method } }

    private func directions(_ embeddings: Tensor) throws -> Tensor {
        let numbers = try embeddings.to(.float32).elements(as: Float.self)
        let size = settings.dimensions
        let rows = try (0..<embeddings.size(0)).flatMap { row in
            try direction(
                EnrolledSample(
                    source: "picture \(row + 1)", embedding: Array(numbers[row * size..<(row + 1) * size])),
                of: "to be identified")
        }
        return try Tensor(rows, shape: [embeddings.size(0), size])
    }

    /// The best identities for each query, by number.
    func ranked(
        _ queries: Tensor, _ count: Int, _ loaded: LoadedGallery
    ) throws -> [[(owner: Int64, score: Double)]] {
        guard loaded.index.count > 0 else {
            return [[(owner: Int64, score: Double)]](repeating: [], count: queries.size(0))
        }
        guard settings.pooling == .apart else {
            return try loaded.index.search(queries: queries, count: count).map { matches in
                matches.map { (loaded.owners[$0.row], $0.score) }
            }
        }
        var found = [[(owner: Int64, score: Double)]?](repeating: nil, count: queries.size(0))
        // Several of the best samples may be of one identity: more are sought until there are enough identities.
        var wanted = min(count, loaded.index.count)
        while true {
            let open = found.indices.filter { found[$0] == nil }
            if open.isEmpty { return found.map { $0 ?? [] } }
            wanted = min(2 * wanted, loaded.index.count)
            let part = try queries.rows(Tensor(open.map(Int64.init)))
            for (query, matches) in zip(open, try loaded.index.search(queries: part, count: wanted)) {
                var seen: Set<Int64> = []
                let firsts = matches.filter { seen.insert(loaded.owners[$0.row]).inserted }
                guard firsts.count >= count || wanted == loaded.index.count else { continue }
                found[query] = firsts.prefix(count).map { (loaded.owners[$0.row], $0.score) }
            }
        }
    }
}
