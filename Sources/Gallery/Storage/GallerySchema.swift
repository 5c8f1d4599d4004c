import Foundation
import GRDB

/// The tables of a gallery, and how SQLite is told to keep them.
///
/// Vectors lie packed in blocks, whose rows are as long as when they were made and never move: a vector is
/// written over in place, so that none leaves a copy behind in a page that was split. `owners` has the identity of each
/// place of a block, 0 where it is vacant; a vacant place is all zeros. Strangers are appended, all replaced at once or
/// written over one by one, for the same reason.
enum GallerySchema {
    /// Raised when a reader of older versions would misunderstand the file.
    static let version = 1
    /// "AMGa", which `file` and SQLite show.
    static let applicationIdentifier: Int32 = 0x414D_4761
    /// The vectors of a block take about as many bytes.
    static let blockBytes = 1 << 18

    static func vectorsPerBlock(dimensions: Int) -> Int { max(1, blockBytes / (4 * dimensions)) }

    static func configuration() -> Configuration {
        var configuration = Configuration()
        // Another process that writes is waited for this long.
        configuration.busyMode = .timeout(60)
        configuration.prepareDatabase { database in
            // Large pages: vectors are read and written in long stretches. Ignored once the file exists.
            try database.execute(sql: "PRAGMA page_size = 65536")
            // What is deleted is written over with zeros, and copies of pages leave no file: the journal, which has
            // them while a transaction lasts, is removed at its end. What is reported as stored is on the disk.
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            try database.execute(sql: "PRAGMA synchronous = EXTRA")
            try database.execute(sql: "PRAGMA cell_size_check = ON")
        }
        return configuration
    }

    static func create(in database: Database, _ settings: GallerySettings) throws {
        try database.execute(
            sql: """
                CREATE TABLE gallery (
                    fingerprint TEXT NOT NULL, model TEXT NOT NULL, dimensions INTEGER NOT NULL, pooling TEXT NOT NULL,
                    rate REAL, unsupported INTEGER NOT NULL, created REAL NOT NULL, generation INTEGER NOT NULL);
                CREATE TABLE identity (
                    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, added REAL NOT NULL);
                CREATE TABLE sample (
                    place INTEGER PRIMARY KEY, identity INTEGER NOT NULL REFERENCES identity(id), source TEXT NOT NULL,
                    added REAL NOT NULL);
                CREATE INDEX sample_identity ON sample(identity);
                CREATE TABLE block (number INTEGER PRIMARY KEY, vacant INTEGER NOT NULL);
                CREATE INDEX block_vacant ON block(number) WHERE vacant > 0;
                CREATE TABLE content (block INTEGER PRIMARY KEY, owners BLOB NOT NULL, vectors BLOB NOT NULL);
                CREATE TABLE stranger (
                    id INTEGER PRIMARY KEY, label TEXT NOT NULL, source TEXT NOT NULL, erased INTEGER NOT NULL,
                    vector BLOB NOT NULL);
                CREATE TABLE derivation (
                    generation INTEGER NOT NULL, identities INTEGER NOT NULL, samples INTEGER NOT NULL,
                    left_out INTEGER NOT NULL, best BLOB NOT NULL);
                PRAGMA application_id = \(applicationIdentifier);
                PRAGMA user_version = \(version);
                """)
        try database.execute(
            sql: "INSERT INTO gallery VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
            arguments: [
                settings.fingerprint, settings.model, settings.dimensions, settings.pooling.rawValue,
                settings.falsePositiveRate, settings.allowsUnsupportedRate, Date().timeIntervalSince1970,
            ])
    }

    /// Reads what the gallery was made for.
    ///
    /// - Throws: ``GalleryError`` where the file is no gallery, or one of a newer version.
    static func settings(in database: Database, path: String) throws -> (settings: GallerySettings, created: Date) {
        let identifier = try Int32.fetchOne(database, sql: "PRAGMA application_id")
        guard identifier == applicationIdentifier else {
            let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
            throw GalleryError(
                path: path,
                message: isEmpty
                    ? "is empty; make a gallery with: margin gallery create"
                    : "is an SQLite file, but no gallery; make one with: margin gallery create")
        }
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found <= version else {
            throw GalleryError(
                path: path,
                message: "was written by a newer version (format \(found), this one reads up to \(version)); "
                    + "update margin")
        }
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM gallery"),
            let pooling = Pooling(rawValue: row["pooling"]), let dimensions = row["dimensions"] as Int?, dimensions > 0
        else {
            throw GalleryError.damaged(path, "its settings cannot be understood")
        }
        let settings = GallerySettings(
            fingerprint: row["fingerprint"], model: row["model"], dimensions: dimensions, pooling: pooling,
            falsePositiveRate: row["rate"], allowsUnsupportedRate: row["unsupported"])
        return (settings, Date(timeIntervalSince1970: row["created"]))
    }
}

extension GalleryError {
    static func damaged(_ path: String, _ what: String) -> GalleryError {
        GalleryError(
            path: path,
            message: "is damaged: \(what); restore a copy, or enrol again (nothing was changed)")
    }

    /// What SQLite says, as one message.
    init(_ error: DatabaseError, path: String) {
        let message =
            switch error.resultCode {
            case .SQLITE_NOTADB: "is no gallery: it is no SQLite file"
            case .SQLITE_CORRUPT:
                "is damaged: \(error.message ?? "SQLite cannot follow its pages"); restore a copy, or enrol again "
                    + "(nothing was changed)"
            case .SQLITE_FULL:
                "cannot be written: the disk, or the size that a file may have, is used up; nothing of this was stored"
            case .SQLITE_IOERR:
                "cannot be read or written: \(error.message ?? "the disk refuses"), perhaps because the disk, or the "
                    + "size that a file may have, is used up; nothing of this was stored"
            case .SQLITE_READONLY:
                "cannot be written: the file or its folder is read-only"
            case .SQLITE_BUSY: "is in use: another process has been writing for a minute; try again later"
            case .SQLITE_CANTOPEN: "cannot be opened: its folder does not exist or refuses"
            default: "SQLite refuses: \(error.message ?? "error \(error.resultCode.rawValue)")"
            }
        self.init(path: path, message: message)
    }
}
