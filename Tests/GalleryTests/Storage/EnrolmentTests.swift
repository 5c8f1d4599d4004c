import Foundation
import Gallery
import TestSupport
import Testing
import Torch

@Suite struct EnrolmentTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func whatIsAddedIsThereForTheNextProcess() throws {
        let rows = Directions.rows(5, size: 16, seed: 1)
        let gallery = try folder.gallery()
        let count = try gallery.add([Enrolment("ann", rows[0], rows[1]), Enrolment("bob", rows[2].map { 3 * $0 })])
        #expect(count.map(\.name) == ["ann", "bob"] && count.map(\.sampleCount) == [2, 1])
        #expect(try folder.names(in: ".") == ["g.gallery"])

        let again = try Gallery(path: folder("g.gallery"), fingerprint: "f00d")
        #expect(again.settings == gallery.settings)
        let identities = try again.identities()
        #expect(identities.map(\.name) == ["ann", "bob"] && identities.map(\.sampleCount) == [2, 1])
        #expect(identities[0].sources == ["ann/0.png", "ann/1.png"])
        #expect(abs(identities[0].added.timeIntervalSinceNow) < 60)
        let samples = try again.samples()
        #expect(samples.names == ["ann", "ann", "bob"])
        let stored = try samples.embeddings.elements(as: Float.self)
        for (row, expected) in zip(0..., rows.prefix(3)) {
            for place in 0..<16 { #expect(abs(stored[16 * row + place] - expected[place]) < 1e-6) }
        }
        // A writer and a reader that opened before see each other's work.
        try again.add([Enrolment("cid", rows[3])])
        #expect(try gallery.identify(Directions.tensor([rows[3]]), count: 1)[0][0].name == "cid")
    }

    @Test func aNameTwiceIsRefusedOrExtended() throws {
        let rows = Directions.rows(4, size: 16, seed: 2)
        let gallery = try folder.gallery()
        try gallery.add([Enrolment("ann", rows[0])])
        let text = message { try gallery.add([Enrolment("bob", rows[1]), Enrolment("ann", rows[2])]) }
        #expect(text?.contains("“ann” is enrolled already; add pictures with --more") == true)
        // Bob was in the same call.
        #expect(try gallery.identities().map(\.name) == ["ann"])
        let count = try gallery.add([Enrolment("ann", rows[2], rows[0], rows[2])], knownNames: .extended)
        #expect(count.map(\.sampleCount) == [1])
        #expect(try gallery.identities().map(\.sampleCount) == [2])
    }

    @Test func whatCannotBeStoredIsRefused() throws {
        let gallery = try folder.gallery()
        func refusal(_ name: String, _ embedding: [Float]) -> String? {
            message { try gallery.add([Enrolment(name, embedding)]) }
        }
        #expect(
            refusal("ann", [1, 2])?.contains("holds embeddings of 16 dimensions, and that of ann/0.png has 2") == true)
        #expect(refusal("ann", [Float](repeating: 0, count: 16))?.contains("has no direction") == true)
        #expect(refusal("ann", [Float](repeating: .nan, count: 16))?.contains("has no direction") == true)
        #expect(refusal("", [Float](repeating: 1, count: 16))?.contains("is no name") == true)
        #expect(refusal("a\nb", [Float](repeating: 1, count: 16))?.contains("is no name") == true)
        #expect(try gallery.size().identities == 0 && gallery.size().samples == 0)
    }

    @Test(arguments: Pooling.allCases) func removingLeavesNoTrace(pooling: Pooling) throws {
        // Of many dimensions, so that a block is full and pages are many.
        let size = 512
        let rows = Directions.rows(400, size: size, seed: 3)
        let gallery = try folder.gallery(pooling: pooling, dimensions: size)
        for start in stride(from: 0, to: 400, by: 50) {
            try gallery.add((start..<start + 50).map { Enrolment("person \($0)", rows[$0]) })
        }
        try gallery.add([Enrolment("person 7", rows[8].map { $0 * 2 }, rows[399])], knownNames: .extended)
        let stored = try gallery.samples().embeddings.elements(as: Float.self)
        func isThere(_ row: Int) throws -> Bool {
            // Any eight numbers in a row would be a trace.
            let bytes = try folder.everything()
            return stride(from: 0, to: size, by: 64).contains {
                bytes.holds(stored[row * size + $0..<row * size + $0 + 8])
            }
        }
        #expect(try isThere(100) && isThere(399) && isThere(13))
        try gallery.remove(names: ["person 100", "person 13"])
        #expect(try !isThere(100) && !isThere(13) && isThere(101))
        #expect(try !folder.everything().contains("person 100".utf8))
        try gallery.remove(names: (120..<390).map { "person \($0)" })
        for row in [120, 200, 389] { #expect(try !isThere(row)) }
        #expect(try isThere(391) && gallery.size().samples == 130)
        let names = try gallery.identify(Directions.tensor([rows[100], rows[391]]), count: 130)
        #expect(!names[0].map(\.name).contains("person 100") && names[1][0].name == "person 391")

        // Vacant places are taken again, and the file does not grow.
        let before = try folder.read("g.gallery").count
        try gallery.add((120..<390).map { Enrolment("again \($0)", rows[$0]) })
        #expect(try folder.read("g.gallery").count <= before + 65536 && gallery.size().samples == 400)
        #expect(throws: Never.self) { try gallery.remove(names: gallery.identities().map(\.name)) }
        #expect(try gallery.identify(Directions.tensor([rows[0]]), count: 3) == [[]])
    }

    @Test func strangersWhoWereEnrolledGoToo() throws {
        let size = 256
        let rows = Directions.rows(300, size: size, seed: 5)
        let stored = rows.map { Directions.unit($0.map(Double.init)) }
        let gallery = try folder.gallery(dimensions: size)
        try gallery.replaceStrangers(
            rows.enumerated().map { Stranger(label: "s\($0 / 3)", source: "\($0).png", embedding: $1) })
        try gallery.add([Enrolment("s40", rows[121]), Enrolment("ann", rows[7])])
        #expect(try folder.everything().holds(stored[120][64..<96]))
        try gallery.remove(names: ["s40"])
        try gallery.deriveStrangerScores()
        let bytes = try folder.everything()
        for row in 120..<123 { #expect(!bytes.holds(stored[row][64..<72])) }
        #expect(bytes.holds(stored[123][64..<72]))
        let scores = try gallery.strangerScores()
        #expect(try gallery.size().strangers == 297 && scores.best.count == 297 && scores.leftOut == 0)
        try gallery.replaceStrangers([])
        let rest = try folder.everything()
        for row in stride(from: 0, to: 300, by: 37) { #expect(!rest.holds(stored[row][64..<72])) }
    }

    @Test func removingSomebodyUnknownRemovesNobody() throws {
        let gallery = try folder.gallery()
        let rows = Directions.rows(2, size: 16, seed: 4)
        try gallery.add([Enrolment("ann", rows[0]), Enrolment("bert", rows[1])])
        let text = message { try gallery.remove(names: ["ann", "bart"]) }
        #expect(text?.contains("“bart” is not enrolled; did you mean “bert”? (nothing was removed)") == true)
        #expect(try gallery.size().identities == 2)
    }
}
