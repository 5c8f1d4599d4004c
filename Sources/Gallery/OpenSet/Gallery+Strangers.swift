import Foundation
import GRDB
import Torch

/// A picture of somebody who is not to be found.
public struct Stranger: Hashable, Sendable {
    /// Who it shows. Strangers whose label is enrolled are none any more, and are left out; they are removed with whom
    /// they show.
    public let label: String
    public let source: String
    public let embedding: [Float]

    public init(label: String, source: String, embedding: [Float]) {
        self.label = label
        self.source = source
        self.embedding = embedding
    }
}

/// What searching for the strangers has shown.
public struct StrangerScores: Hashable, Sendable {
    /// Each stranger's best score, ascending.
    public let best: [Double]
    /// The strangers that were left out, since they are enrolled.
    public let leftOut: Int
    /// The size of the gallery that was searched.
    public let size: GallerySize
}

extension Gallery {
    /// Takes other strangers in the place of those there are, and searches for them.
    ///
    /// - Throws: ``GalleryError`` where an embedding cannot be used, or the file cannot be written.
    public func replaceStrangers(_ strangers: [Stranger]) throws {
        try write { database in
            try database.execute(sql: "DELETE FROM stranger")
            try database.execute(sql: "DELETE FROM derivation")
            let row = try database.cachedStatement(
                sql: "INSERT INTO stranger (label, source, erased, vector) VALUES (?, ?, 0, ?)")
            for stranger in strangers {
                let vector = try direction(
                    EnrolledSample(source: stranger.source, embedding: stranger.embedding), of: stranger.label)
                try row.execute(
                    arguments: [stranger.label, stranger.source, vector.withUnsafeBytes { Data($0) }])
            }
        }
        try deriveStrangerScores()
    }

    /// Searches for the strangers again where the gallery has changed since, and stores what was found.
    ///
    /// - Throws: ``GalleryError`` where the gallery is damaged or cannot be written.
    @discardableResult
    public func deriveStrangerScores() throws -> StrangerScores {
        let (scores, generation, isNew) = try read { try strangerScores($0) }
        guard isNew else { return scores }
        try checkCanBeWritten()
        try Self.translated(path) {
            try database.write { database in
                // Another process may have changed the gallery meanwhile: its own derivation is then the right one.
                guard try self.generation(database) == generation else { return }
                try database.execute(sql: "DELETE FROM derivation")
                try database.execute(
                    sql: "INSERT INTO derivation VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        generation, scores.size.identities, scores.size.samples, scores.leftOut,
                        scores.best.withUnsafeBytes { Data($0) },
                    ])
            }
        }
        return scores
    }

    /// The strangers' best scores for the gallery as it is: those stored, or found anew where it has changed.
    public func strangerScores() throws -> StrangerScores { try read { try strangerScores($0).scores } }

    /// The threshold for a false positive identification rate, for the gallery as it is.
    ///
    /// - Parameters:
    ///   - rate: above 0 and below 1; none for that of the settings, or the lowest that the strangers support.
    ///   - allowsUnsupported: whether a rate below 30 / (number of strangers) may be asked for.
    /// - Returns: none where there are no strangers to measure with, or too few for any rate that was not asked for.
    /// - Throws: ``GalleryError`` where so few strangers cannot support the rate asked for, unless that is allowed.
    public func threshold(rate: Double? = nil, allowsUnsupported: Bool = false) throws -> IdentificationThreshold? {
        let scores = try strangerScores()
        guard !scores.best.isEmpty else { return nil }
        let asked = rate ?? settings.falsePositiveRate
        guard let chosen = asked ?? IdentificationThreshold.supportedRate(strangerCount: scores.best.count) else {
            return nil
        }
        let threshold = IdentificationThreshold(rate: chosen, best: scores.best, size: scores.size)
        guard threshold.isSupported || allowsUnsupported || rate == nil && settings.allowsUnsupportedRate else {
            throw GalleryError(
                path: path,
                message: "a false positive identification rate of \(chosen) needs "
                    + "\(String(format: "%.0f", (30 / chosen).rounded(.up))) pictures of strangers, and there are \(scores.best.count); "
                    + "ask for \(30 / Double(scores.best.count)) or more, give more strangers, or allow it with "
                    + "--allow-unsupported")
        }
        return threshold
    }

    private func strangerScores(_ database: Database) throws -> (scores: StrangerScores, generation: Int64, isNew: Bool)
    {
        let generation = try generation(database)
        if let row = try Row.fetchOne(
            database, sql: "SELECT * FROM derivation WHERE generation = ?", arguments: [generation]),
            let data = row["best"] as Data?
        {
            let best = data.withUnsafeBytes { bytes in
                (0..<bytes.count / 8).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
            }
            let size = GallerySize(
                identities: row["identities"], samples: row["samples"], strangers: best.count + (row["left_out"] as Int)
            )
            return (StrangerScores(best: best, leftOut: row["left_out"], size: size), generation, false)
        }
        let size = try size(database)
        let vectors = try Data.fetchAll(
            database,
            sql: """
                SELECT vector FROM stranger WHERE erased = 0 AND label NOT IN (SELECT name FROM identity) ORDER BY id
                """)
        guard vectors.allSatisfy({ $0.count == 4 * settings.dimensions }) else {
            throw GalleryError.damaged(path, "a stranger's embedding has not \(settings.dimensions) dimensions")
        }
        let numbers = vectors.flatMap { data in
            data.withUnsafeBytes { bytes in
                (0..<settings.dimensions).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
            }
        }
        let best =
            vectors.isEmpty || size.samples == 0
            ? []
            : try ranked(Tensor(numbers, shape: [vectors.count, settings.dimensions]), 1, loaded(database)).compactMap {
                $0.first?.score
            }
        let leftOut = size.strangers - vectors.count
        return (StrangerScores(best: best.sorted(), leftOut: leftOut, size: size), generation, true)
    }
}
