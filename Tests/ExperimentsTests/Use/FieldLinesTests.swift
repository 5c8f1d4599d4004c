import Datasets
import Foundation
import TestSupport
import Testing
import Torch

@testable import Experiments

@Suite struct FieldLinesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func lines(_ text: String) throws -> [(number: Int, fields: [String])] {
        try FieldLines(folder.write("list.txt", text)).lines
    }

    @Test(arguments: ["a x\nb y\n", "a x\r\nb y\r\n", "\u{FEFF}a x\nb y", "a,x\r\nb, y\r\n", "\"a\",\"x\"\nb,y\n"])
    func endsMarksAndQuotationMarks(_ text: String) throws {
        let lines = try lines(text)
        #expect(lines.map(\.number) == [1, 2])
        #expect(lines.map(\.fields) == [["a", "x"], ["b", "y"]])
    }

    @Test func cellsMayHoldCommas() throws {
        #expect(try lines("# people\n\n\"Smith, Ann/1.jpg\",ann\n").map(\.fields) == [["Smith, Ann/1.jpg", "ann"]])
        let error = try #require(throws: DataError.self) { try lines("a,b\n\"c,d\n") }
        #expect(error.line == 2)
    }

    @Test func namesOfEmbeddingsAreWholeLines() throws {
        let file = URL(fileURLWithPath: folder("faces.npy"))
        try NumPyFile.save(Tensor([1, 0, 0, 1, 0, 1] as [Float], shape: [3, 2]), to: file)
        try folder.write("faces.txt", "people/Ann Smith/1.jpg\r\npeople/Bob/1, 2.jpg\r\n# 3/x.jpg\r\n")
        let embeddings = try EmbeddingFile(file.path)
        #expect(embeddings.names == ["people/Ann Smith/1.jpg", "people/Bob/1, 2.jpg", "# 3/x.jpg"])
        #expect(try embeddings.labels(from: nil) == ["Ann Smith", "Bob", "# 3"])
    }
}
