import Testing

@testable import Datasets

@Suite struct SplitFileTests {
    private func file(_ text: String) throws -> SplitFile {
        try SplitFile(path: "s.csv", content: Array(text.utf8))
    }

    @Test func assignsEveryIdentity() throws {
        let items = SplitTests.items(4, 2)
        let split = try Split(of: items, by: .file(file("label,split\np1,test\np2,train\np3,\np4,train\n")))
        #expect(split.parts.map(\.name) == ["train", "test"])
        #expect(split["train"] == [2, 3, 6, 7])
        #expect(split.unassigned == [4, 5])
    }

    @Test func survivesWritingAndReading() throws {
        var items = SplitTests.items(12, 2)
        for index in [4, 5] { items[index].label = "a, \"b\"" }
        let split = try Split(of: items, by: .fractions(SplitTests.fractions(0.5, 0.2), seed: 8))
        let text = SplitFile.text(of: split, items: items)
        #expect(text.hasPrefix("label,split\n\"a, \"\"b\"\"\","))
        let again = try Split(of: items, by: .file(file(text)))
        #expect(again == split)
    }

    @Test func everyIdentityMustBeNamed() throws {
        let items = SplitTests.items(4, 2)
        #expect(throws: SplitError.unlistedIdentities(["p3", "p4"], place: "s.csv")) {
            try Split(of: items, by: .file(file("label,split\np1,test\np2,train\n")))
        }
        let error = message { try Split(of: items, by: .file(file("label,split\np11,test\np2,train\n"))) }
        #expect(error?.contains("s.csv names identities that the data do not have: 'p11' (nearest: 'p1')") == true)
    }

    @Test(arguments: [
        ("", "s.csv:1: its first line must read label,split"), ("label;split\n", "reads 'label;split'"),
        ("label,split\na,train\na,test\n", "s.csv:3: the label 'a' occurs twice"),
        ("label,split\na\n", "s.csv:2: a line is a label"),
    ])
    func mistakesNameFileAndLine(_ text: String, _ part: String) {
        #expect(message { try file(text) }?.contains(part) == true)
    }
}
