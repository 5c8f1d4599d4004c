import Datasets
import Foundation
import Models
import TestSupport
import Testing
import Torch

@testable import Experiments

@Suite struct UseTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try Toy.write(identities: 2, pictures: 3, to: folder, named: "people")
        let description = try Toy.network()
        try EmbeddingModel(
            transform: PictureTransform(channels: 1, height: 16, width: 16), description: description,
            backbone: description.backbone(generator: Generator(seed: 3)), addsMirrored: true, classNames: ["a", "b"],
            provenance: ["recipe": "toy"]
        ).save(folder: folder("run/model"))
    }

    @Test func foldersAreSearchedAtAnyDepthInNaturalOrder() throws {
        for name in ["a/10.png", "a/2.PNG", "b.jpg", ".hidden/x.png", "a/.x.png", "notes.txt", "c/d/e.pgm"] {
            try folder.write("files/\(name)", "")
        }
        let found = try FileSource(filesAndFolders: [folder("files/notes.txt"), folder("files")]).items.map(\.path)
        #expect(found == ["notes.txt", "a/2.PNG", "a/10.png", "b.jpg", "c/d/e.pgm"].map { folder("files/\($0)") })
        try FileManager.default.createSymbolicLink(atPath: folder("link"), withDestinationPath: folder("files"))
        #expect(try FileSource(filesAndFolders: [folder("link")]).items.count == 4)
    }

    @Test func inputsThatAreNotThereAreNamed() throws {
        let missing = message { try FileSource(filesAndFolders: [folder("no")]) }
        #expect(missing == "\(folder("no")): there is no such file or folder")
        try folder.write("texts/a.txt", "")
        let without = message { try FileSource(filesAndFolders: [folder("texts")]) }
        #expect(without?.contains("texts: holds no pictures") == true)
        let source = FileSource(paths: [folder("no.png"), folder("people")])
        #expect(message { try source.bytes(of: source.items[0]) }?.contains("no.png: there is no such file") == true)
        #expect(message { try source.bytes(of: source.items[1]) }?.contains("people: cannot be read") == true)
    }

    @Test func whatCannotBeReadIsPassedOverAndNamed() throws {
        try folder.write("people/p0/1b.png", "text")
        try folder.write("people/p1/zz.png", Toy.picture(identity: 0, number: 0).pngData().dropLast(40))
        let run = try EmbeddingRun(model: folder("run"), inputs: [folder("people")])
        #expect(run.paths.count == 6 && run.embeddings.shape == [6, 8] && run.size == 8)
        #expect(run.failures.count == 2)
        #expect(run.failures[0].contains("p0/1b.png") && run.failures[1].contains("p1/zz.png"))
        // The rows belong to the paths.
        let alone = try EmbeddingRun(model: folder("run/model"), inputs: [run.paths[4]])
        let difference = try zip(run.records()[4].embedding, alone.records()[0].embedding).map { abs($0 - $1) }.max()
        #expect(try #require(difference) < 1e-6 && run.records()[4].path == run.paths[4])
        let nothing = message { try EmbeddingRun(model: folder("run"), inputs: [folder("people/p0/1b.png")]) }
        #expect(nothing?.contains("no picture could be read") == true && nothing?.contains("1b.png") == true)
    }

    @Test func embeddingsAreWrittenInTwoFormats() throws {
        let run = try EmbeddingRun(model: folder("run"), inputs: [folder("people")])
        try run.write(to: folder("e.safetensors"))
        let file = try Safetensors.load(URL(filePath: folder("e.safetensors")))
        let paths = try JSONDecoder().decode([String].self, from: Data((file.metadata["paths"] ?? "").utf8))
        #expect(paths == run.paths)
        #expect(try file.tensors["embeddings"]?.elements(as: Float.self) == run.embeddings.elements())

        try run.write(to: folder("e.npy"))
        #expect(try folder.text("e.txt") == run.paths.map { $0 + "\n" }.joined())
        #expect(try folder.read("e.npy").starts(with: Array("\u{93}NUMPY".unicodeScalars.map { UInt8($0.value) })))
    }

    @Test func aPlaceThatCannotBeWrittenIsSeenBefore() throws {
        try EmbeddingRun.checkWritable(folder("e.npy"))
        #expect(message { try EmbeddingRun.checkWritable(folder("no/e.npy")) }?.contains("no is no folder") == true)
        try folder.write("file", "")
        #expect(message { try EmbeddingRun.checkWritable(folder("file/e.npy")) }?.contains("file is no folder") == true)
    }

    @Test func verifyingScoresWhatEmbeddingGives() throws {
        let (first, second) = (folder("people/p0/0.png"), folder("people/p1/2.png"))
        let result = try PairVerification(model: folder("run"), first: first, second: second)
        let rows = try EmbeddingRun(model: folder("run"), inputs: [first, second]).records().map(\.embedding)
        let cosine = zip(rows[0], rows[1]).reduce(0) { $0 + Double($1.0 * $1.1) }
        #expect(abs(result.score - cosine) < 1e-6)
        #expect(result.isSame == nil && result.threshold == nil)
        let same = try PairVerification(model: folder("run"), first: first, second: first)
        #expect(abs(same.score - 1) < 1e-5)
        let missing = message { try PairVerification(model: folder("run"), first: first, second: folder("no.png")) }
        #expect(missing == "\(folder("no.png")): there is no such file")
    }

    @Test(arguments: [1, 4500])
    func smallestAndLargePicturesAreEmbedded(_ side: Int) throws {
        // 4500 × 4500 are twenty megapixels.
        try folder.write("p.pgm", Image(width: side, height: side, channels: 1, filledWith: 100).netpbmData())
        let run = try EmbeddingRun(model: folder("run"), inputs: [folder("p.pgm")])
        #expect(try run.records()[0].embedding.allSatisfy(\.isFinite) && run.failures.isEmpty)
    }

    @Test func theSummarySaysWhatAModelIs() throws {
        let summary = try ModelSummary(model: folder("run"))
        let lines = Dictionary(uniqueKeysWithValues: summary.lines.map { ($0.name, $0.value) })
        #expect(lines["network"] == "sfnet-small, \(summary.parameters) parameters, embeddings of 8 dimensions")
        #expect(lines["pictures"] == "16×16 grey, stretch, mirror image added")
        #expect(lines["trained on"] == "2 identities: a, b" && lines["recipe"] == "toy")
        #expect(summary.parameters > 100)
    }
}
