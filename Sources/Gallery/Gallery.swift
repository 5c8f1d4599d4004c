import Datasets
import Foundation
import GRDB
import Torch

/// Identities with their embeddings, in one file that answers "who is this?".
///
/// The file is an SQLite database: any number of processes may read and write at once, and what a call reported as
/// stored stays so, whatever happens to the process or the machine afterwards. A call that throws has stored nothing.
///
/// ```swift
/// let gallery = try Gallery(path: "faces.gallery", fingerprint: fingerprint)
/// try gallery.add([Enrolment(name: "ann", samples: [EnrolledSample(source: "ann.jpg", embedding: embedding)])])
/// let found = try gallery.identify(embeddings, count: 3)
/// ```
public final class Gallery: Sendable {
    public let path: String
    public let settings: GallerySettings
    public let created: Date
    let database: DatabaseQueue
    let cache = Locked<LoadedGallery?>(nil)

    /// Opens a gallery.
    ///
    /// - Parameter fingerprint: of the model whose embeddings will be compared with it; none to look only.
    /// - Throws: ``GalleryError`` where there is none, it is damaged, of a newer version, or made by another model.
    public init(path: String, fingerprint: String? = nil) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw GalleryError(path: path, message: "there is no such gallery; make one with: margin gallery create")
        }
        guard !isFolder.boolValue else {
            throw GalleryError(path: path, message: "is a folder; a gallery is one file")
        }
        self.path = path
        (database, settings, created) = try Self.translated(path) {
            let queue = try DatabaseQueue(path: path, configuration: GallerySchema.configuration())
            let (settings, created) = try queue.read { try GallerySchema.settings(in: $0, path: path) }
            return (queue, settings, created)
        }
        if let fingerprint { try check(fingerprint: fingerprint) }
    }

    /// Makes a gallery without anybody in it.
    ///
    /// - Throws: ``GalleryError`` where there is a file of this name already, or none can be written.
    public static func create(path: String, settings: GallerySettings) throws -> Gallery {
        try checkUnused(path: path)
        try translated(path) {
            try DatabaseQueue(path: path, configuration: GallerySchema.configuration()).write { database in
                guard try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0 else {
                    throw existsAlready(path)
                }
                try GallerySchema.create(in: database, settings)
            }
        }
        return try Gallery(path: path)
    }

    /// Looks whether a gallery can be made of this name, before something is computed for it.
    ///
    /// - Throws: ``GalleryError`` where there is a file already.
    public static func checkUnused(path: String) throws {
        // SQLite makes a database of an empty file, which is also what a process killed while it made one leaves.
        if FileManager.default.fileExists(atPath: path), !isUnused(path) { throw existsAlready(path) }
    }

    private static func existsAlready(_ path: String) -> GalleryError {
        GalleryError(path: path, message: "exists already; choose another name, or enrol into it")
    }

    private static func isUnused(_ path: String) -> Bool {
        guard let queue = try? DatabaseQueue(path: path, configuration: GallerySchema.configuration()) else {
            return false
        }
        return (try? queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }) == 0
    }

    /// - Throws: ``GalleryError`` where the gallery was made by another model.
    public func check(fingerprint: String) throws {
        guard fingerprint == settings.fingerprint else {
            throw GalleryError(
                path: path,
                message:
                    "was made by another model (\(settings.model), \(settings.fingerprint.prefix(12))…; this one is "
                    + "\(fingerprint.prefix(12))…): embeddings of two models cannot be compared; use that model, or "
                    + "make a new gallery with this one")
        }
    }

    // MARK: Transactions

    /// Runs a body that throws SQLite's errors, as errors of this file.
    static func translated<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw GalleryError(error, path: path)
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try Self.translated(path) { try database.read(body) }
    }

    /// Writes all or nothing, and notes that what was read before is out of date.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try checkCanBeWritten()
        return try Self.translated(path) {
            try database.write { database in
                let result = try body(database)
                try database.execute(sql: "UPDATE gallery SET generation = generation + 1")
                return result
            }
        }
    }

    /// Looks whether the file may be written, before hours are spent on what is to stand in it. The superuser may
    /// write to every file; but what is marked read-only is meant to stay as it is.
    ///
    /// - Throws: ``GalleryError`` where it is read-only.
    public func checkCanBeWritten() throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o222 == 0 else { return }
        throw GalleryError(path: path, message: "cannot be written: the file is read-only; allow it with: chmod u+w")
    }

    func generation(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT generation FROM gallery") ?? 0
    }
}
