import Foundation
import GRDB

/// An identity as it stands in a gallery.
public struct EnrolledIdentity: Hashable, Sendable, Codable {
    public let name: String
    public let sampleCount: Int
    public let added: Date
    /// Where its samples came from, in the order of their places.
    public let sources: [String]
}

/// How much a gallery holds.
public struct GallerySize: Hashable, Sendable, Codable {
    public let identities: Int
    public let samples: Int
    public let strangers: Int
}

extension Gallery {
    /// Everybody in the gallery, in the order in which they were enrolled.
    public func identities() throws -> [EnrolledIdentity] {
        try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT identity.id, name, identity.added, source FROM identity
                    LEFT JOIN sample ON sample.identity = identity.id ORDER BY identity.id, place
                    """)
            var found: [EnrolledIdentity] = []
            var current: (id: Int64, name: String, added: Date)?
            var sources: [String] = []
            func close() {
                guard let current else { return }
                found.append(
                    EnrolledIdentity(
                        name: current.name, sampleCount: sources.count, added: current.added, sources: sources))
                sources = []
            }
            while let row = try rows.next() {
                let id: Int64 = row[0]
                if id != current?.id {
                    close()
                    current = (id, row[1], Date(timeIntervalSince1970: row[2]))
                }
                if let source = row[3] as String? { sources.append(source) }
            }
            close()
            return found
        }
    }

    /// The names of everybody in the gallery, in the order in which they were enrolled.
    public func names() throws -> [String] {
        try read { try String.fetchAll($0, sql: "SELECT name FROM identity ORDER BY id") }
    }

    public func size() throws -> GallerySize { try read(size) }

    func size(_ database: Database) throws -> GallerySize {
        func count(_ rows: String) throws -> Int {
            try Int.fetchOne(database, sql: "SELECT count(*) FROM \(rows)") ?? 0
        }
        return GallerySize(
            identities: try count("identity"), samples: try count("sample"),
            strangers: try count("stranger WHERE erased = 0"))
    }
}
