import Foundation
import GRDB
import Gallery
import TestSupport
import Testing
import Torch

@Suite struct BadFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func opening(_ name: String = "g.gallery", fingerprint: String? = nil) -> String? {
        message { try Gallery(path: folder(name), fingerprint: fingerprint) }
    }

    private func change(_ sql: String) throws {
        try DatabaseQueue(path: folder("g.gallery")).write { try $0.execute(sql: sql) }
    }

    @Test func filesThatAreNoGalleriesAreNamed() throws {
        #expect(opening("none")?.contains("there is no such gallery") == true)
        try folder.write(
            "words",
            "these are words, and long enough to be no header of SQLite; " + String(repeating: "x", count: 2000))
        #expect(opening("words")?.contains("is no gallery: it is no SQLite file") == true)
        try folder.write("empty", "")
        #expect(opening("empty")?.contains("is empty") == true)
        #expect(opening(".")?.contains("is a folder") == true)
        try DatabaseQueue(path: folder("other")).write { try $0.execute(sql: "CREATE TABLE t (x)") }
        #expect(opening("other")?.contains("is an SQLite file, but no gallery") == true)
        for name in ["words", "other"] {
            #expect(message { try folder.gallery(name) }?.contains("exists already") == true)
        }
        #expect(message { try folder.gallery("no/g") }?.contains("cannot be opened: its folder does not exist") == true)
        // What a process that was killed while it made one leaves.
        #expect(try folder.gallery("empty").size().identities == 0)
        #expect(message { try folder.gallery("empty") }?.contains("exists already") == true)
    }

    @Test func aNewerVersionAndAnotherModelAreRefused() throws {
        _ = try folder.gallery()
        let other = opening(fingerprint: "beef")
        #expect(other?.contains("was made by another model (runs/toy, f00d…; this one is beef…)") == true)
        try change("PRAGMA user_version = 2")
        #expect(
            opening()?.contains("was written by a newer version (format 2, this one reads up to 1); update") == true)
    }

    @Test func damageIsFoundAndNothingIsLost() throws {
        let size = 64
        let gallery = try folder.gallery(dimensions: size)
        let rows = Directions.rows(1200, size: size, seed: 1)
        try gallery.add(rows.enumerated().map { Enrolment("person \($0)", $1) })
        let whole = try folder.read("g.gallery")
        func identifying() -> String? {
            message { try Gallery(path: folder("g.gallery")).identify(Directions.tensor([rows[0]]), count: 1) }
        }
        // A number of somebody's embedding.
        let stored = try gallery.samples().embeddings.elements(as: Float.self)[size * 700..<size * 701]
        let wanted = stored.flatMap { withUnsafeBytes(of: $0) { Array($0) } }
        let place = try #require(
            (0..<whole.count - wanted.count).first { whole[$0] == wanted[0] && Array(whole[$0..<$0 + 256]) == wanted })
        var damaged = whole
        damaged[place + 3] = 0x7F
        try folder.write("g.gallery", damaged)
        #expect(identifying()?.contains("is damaged: an embedding of “person 700” has not length 1") == true)
        // The file ends too soon.
        try folder.write("g.gallery", Array(whole.prefix(whole.count / 2)))
        #expect(identifying()?.contains("is damaged") == true)
        // The tables contradict one another.
        for sql in [
            "DELETE FROM sample WHERE place = 5", "DELETE FROM content WHERE block = 0",
            "UPDATE content SET vectors = zeroblob(5) WHERE block = 0", "DELETE FROM gallery",
            "UPDATE gallery SET pooling = 'median'",
        ] {
            try folder.write("g.gallery", whole)
            try change(sql)
            #expect(identifying()?.contains("is damaged") == true, "\(sql)")
        }
        try folder.write("g.gallery", whole)
        #expect(identifying() == nil)
    }

    @Test func aReadOnlyFileIsReadAndNotWritten() throws {
        let rows = Directions.rows(2, size: 16, seed: 1)
        try folder.gallery().add([Enrolment("ann", rows[0])])
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder("g.gallery"))
        let gallery = try Gallery(path: folder("g.gallery"))
        #expect(try gallery.identify(Directions.tensor([rows[0]]), count: 1)[0][0].name == "ann")
        for text in [
            message { try gallery.add([Enrolment("bob", rows[1])]) }, message { try gallery.remove(names: ["ann"]) },
        ] {
            #expect(text?.contains("cannot be written: the file is read-only") == true)
        }
        #expect(try gallery.size().samples == 1)
    }
}
