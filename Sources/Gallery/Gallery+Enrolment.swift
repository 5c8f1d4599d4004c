import Foundation
import GRDB
import Suggestions

extension Gallery {
    /// Stores identities with their samples, all or none of them.
    ///
    /// - Returns: how many samples of each identity were stored, in the order in which they come; those that are there
    ///   already are not.
    /// - Throws: ``GalleryError`` where a name is there already and that is refused, a name or an embedding cannot be
    ///   used, or the file cannot be written.
    @discardableResult
    public func add(
        _ enrolments: [Enrolment], knownNames: KnownNames = .refused
    ) throws -> [(name: String, sampleCount: Int)] {
        try write { try store(enrolments, knownNames, $0) }
    }

    /// A part of what a transaction stores.
    @discardableResult
    func store(
        _ enrolments: [Enrolment], _ knownNames: KnownNames, _ database: Database
    ) throws -> [(name: String, sampleCount: Int)] {
        let now = Date().timeIntervalSince1970
        let blocks = VectorBlocks(database, path: path, dimensions: settings.dimensions)
        let search = try database.cachedStatement(sql: "SELECT id FROM identity WHERE name = ?")
        let insertion = try database.cachedStatement(sql: "INSERT INTO identity (name, added) VALUES (?, ?)")
        var new: [(owner: Int64, vector: [Float])] = []
        var sources: [String] = []
        var counts: [(name: String, sampleCount: Int)] = []
        for enrolment in Self.joined(enrolments) {
            try checkName(enrolment.name)
            let known = try Int64.fetchOne(search, arguments: [enrolment.name])
            var stored: Set<[Float]> = []
            if let known {
                guard knownNames == .extended else { throw enrolledAlready(enrolment.name) }
                stored = Set(try blocks.vectors(at: places(of: known, database)))
            } else {
                try insertion.execute(arguments: [enrolment.name, now])
            }
            let identity = known ?? database.lastInsertedRowID
            let before = new.count
            for sample in enrolment.samples {
                let vector = try direction(sample, of: enrolment.name)
                guard stored.insert(vector).inserted else { continue }
                new.append((identity, vector))
                sources.append(sample.source)
            }
            counts.append((enrolment.name, new.count - before))
        }
        let places = try blocks.add(new)
        let row = try database.cachedStatement(
            sql: "INSERT INTO sample (place, identity, source, added) VALUES (?, ?, ?, ?)")
        for index in new.indices {
            try row.execute(arguments: [places[index], new[index].owner, sources[index], now])
        }
        return counts
    }

    /// Refuses names that are there already, so that nothing is embedded in vain.
    ///
    /// - Throws: ``GalleryError`` that names the first.
    public func checkUnknown(_ names: some Sequence<String>) throws {
        let known = Set(try self.names())
        if let name = names.first(where: known.contains) { throw enrolledAlready(name) }
    }

    private func enrolledAlready(_ name: String) -> GalleryError {
        GalleryError(
            path: path,
            message:
                "“\(name)” is enrolled already; add pictures with --more, or remove the old ones first (nothing of "
                + "this was stored)")
    }

    /// One enrolment for each name, in the order in which they come.
    private static func joined(_ enrolments: [Enrolment]) -> [Enrolment] {
        var places: [String: Int] = [:]
        var joined: [Enrolment] = []
        for enrolment in enrolments {
            if let place = places[enrolment.name] {
                joined[place] = Enrolment(
                    name: enrolment.name, samples: joined[place].samples + enrolment.samples)
            } else {
                places[enrolment.name] = joined.count
                joined.append(enrolment)
            }
        }
        return joined
    }

    func places(of identity: Int64, _ database: Database) throws -> [Int64] {
        try Int64.fetchAll(
            database, sql: "SELECT place FROM sample WHERE identity = ? ORDER BY place", arguments: [identity])
    }

    private func checkName(_ name: String) throws {
        guard !name.isEmpty, !name.unicodeScalars.contains(where: { $0.value < 32 }) else {
            throw GalleryError(
                path: path, message: "“\(name)” is no name: it must not be empty, nor hold line ends or tabulators")
        }
    }

    /// The embedding divided by its length, computed in double precision.
    func direction(_ sample: EnrolledSample, of name: String) throws -> [Float] {
        guard sample.embedding.count == settings.dimensions else {
            throw GalleryError(
                path: path,
                message: "holds embeddings of \(settings.dimensions) dimensions, and that of \(sample.source) has "
                    + "\(sample.embedding.count)")
        }
        let square = sample.embedding.reduce(0.0) { $0 + Double($1) * Double($1) }
        guard square.isFinite, square > 0 else {
            throw GalleryError(
                path: path,
                message: "the embedding of \(sample.source) (“\(name)”) has no direction: its length is "
                    + "\(square.squareRoot())")
        }
        let length = square.squareRoot()
        return sample.embedding.map { Float(Double($0) / length) }
    }

    /// Removes identities with every sample, all or none of them, and the strangers that bear their names. Their
    /// embeddings are written over with zeros.
    ///
    /// - Returns: how many samples were removed.
    /// - Throws: ``GalleryError`` where a name is not in the gallery, or the file cannot be written.
    @discardableResult
    public func remove(names: [String]) throws -> Int {
        try write { database in
            var removed = 0
            for name in Set(names).sorted() {
                guard let identity = try identifier(of: name, database) else { throw try unknown(name, database) }
                let places = try places(of: identity, database)
                try VectorBlocks(database, path: path, dimensions: settings.dimensions).erase(places)
                // In place: rows that are deleted let SQLite move others, which leaves copies.
                try database.execute(
                    sql: "UPDATE stranger SET vector = zeroblob(length(vector)), erased = 1 WHERE label = ?",
                    arguments: [name])
                try database.execute(sql: "DELETE FROM sample WHERE identity = ?", arguments: [identity])
                try database.execute(sql: "DELETE FROM identity WHERE id = ?", arguments: [identity])
                removed += places.count
            }
            return removed
        }
    }

    private func identifier(of name: String, _ database: Database) throws -> Int64? {
        try Int64.fetchOne(database, sql: "SELECT id FROM identity WHERE name = ?", arguments: [name])
    }

    private func unknown(_ name: String, _ database: Database) throws -> GalleryError {
        let names = try String.fetchAll(database, sql: "SELECT name FROM identity")
        let meant = nearest(name, among: names).map { "; did you mean “\($0)”?" } ?? ""
        return GalleryError(
            path: path, message: "“\(name)” is not enrolled\(meant) (nothing was removed)")
    }
}
