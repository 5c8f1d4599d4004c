import Foundation
import Gallery
import TestSupport
import Testing
import Torch

@Suite struct ExchangeTests {
    private let folder: TemporaryFolder
    private let rows = Directions.rows(6, size: 16, seed: 1)

    init() throws { folder = try TemporaryFolder() }

    private func filled(_ name: String = "g.gallery") throws -> Gallery {
        let gallery = try folder.gallery(name)
        try gallery.add([Enrolment("ann, \"the\" first", rows[0], rows[1]), Enrolment("bob", rows[2])])
        return gallery
    }

    @Test func whatIsExportedIsImported() throws {
        let gallery = try filled()
        let file = folder("out.safetensors")
        #expect(try gallery.export(to: file) == 3)
        let text = try folder.text("out.csv")
        #expect(text.hasPrefix("name,source,added\n\"ann, \"\"the\"\" first\","))
        let other = try folder.gallery("other.gallery", pooling: .apart)
        #expect(try other.importSamples(from: file) == 3)
        let (before, after) = (try gallery.samples(), try other.samples())
        #expect(before.names == after.names && before.sources == after.sources)
        #expect(try before.embeddings.elements(as: Float.self) == after.embeddings.elements(as: Float.self))
        #expect(message { try other.importSamples(from: file) }?.contains("is enrolled already") == true)
        #expect(try other.importSamples(from: file, knownNames: .extended) == 0)
    }

    @Test func filesThatDoNotFitAreRefused() throws {
        let gallery = try filled()
        let file = folder("out.safetensors")
        try gallery.export(to: file)
        let stranger = try folder.gallery("stranger.gallery", fingerprint: "beef")
        #expect(message { try stranger.importSamples(from: file) }?.contains("was made by another model") == true)
        let other = try folder.gallery("other.gallery")
        func refused(_ table: String, _ part: String) throws {
            try folder.write("out.csv", table)
            #expect(message { try other.importSamples(from: file) }?.contains(part) == true, "\(part)")
        }
        try refused("name\nann\n", "has 1 rows for the 3 embeddings")
        try refused("person\nann\n", "has no column called name")
        try refused("name,source\nann,a\nbob\ncid,c\n", "out.csv:3: 1 cells where the header names 2")
        try refused("name\nann\n\"\"\ncid\n", "is no name")
        try FileManager.default.removeItem(atPath: folder("out.csv"))
        #expect(message { try other.importSamples(from: file) }?.contains("out.csv: cannot be read") == true)
        #expect(try other.size().samples == 0)

        try Safetensors.save(
            [("embeddings", Directions.tensor([rows[0]]))], to: URL(filePath: folder("bare.safetensors")))
        try folder.write("bare.csv", "name\nann\n")
        let bare = folder("bare.safetensors")
        #expect(message { try other.importSamples(from: bare) }?.contains("does not say by which model") == true)
        #expect(try other.importSamples(from: bare, trustsModel: true) == 1)
        #expect(try other.identities()[0].sources == [bare])
    }

    @Test func galleriesAreMerged() throws {
        let gallery = try filled()
        let other = try folder.gallery("other.gallery")
        try other.add([Enrolment("cid", rows[3]), Enrolment("bob", rows[4])])
        #expect(message { try gallery.merge(other) }?.contains("“bob” is enrolled already") == true)
        #expect(try gallery.size().samples == 3)
        #expect(try gallery.merge(other, knownNames: .extended) == 2)
        #expect(try gallery.identities().map(\.sampleCount) == [2, 2, 1] && other.size().samples == 2)
        #expect(message { try gallery.merge(gallery) }?.contains("with itself") == true)
        let stranger = try folder.gallery("stranger.gallery", fingerprint: "beef")
        #expect(
            message { try gallery.merge(stranger) }?.contains("stranger.gallery: was made by another model") == true)
    }
}
