import Testing

@testable import Datasets

@Suite struct CommaSeparatedRowsTests {
    private func cells(_ text: String) throws -> [[String]] {
        try CommaSeparatedRows.rows(of: Array(text.utf8), path: "t.csv").map(\.cells)
    }

    @Test func quotingOfRFC4180() throws {
        #expect(try cells("a,b\r\nc,d") == [["a", "b"], ["c", "d"]])
        #expect(try cells("\"a,1\",\"say \"\"so\"\"\"\n") == [["a,1", "say \"so\""]])
        #expect(try cells("\"two\nlines\",x\n") == [["two\nlines", "x"]])
        #expect(try cells("a,,\n,\n") == [["a", "", ""], ["", ""]])
        #expect(try cells("\"\",\"\"") == [["", ""]])
        #expect(try cells("\u{FEFF}a\n\n\nb\n") == [["a"], ["b"]])
        #expect(try cells("") == [])
    }

    @Test func linesAreCountedThroughQuotedLineEnds() throws {
        let text = "h\n\"1\n2\n3\"\n\nlast"
        #expect(try CommaSeparatedRows.rows(of: Array(text.utf8), path: "t.csv").map(\.line) == [1, 2, 6])
    }

    @Test(arguments: [
        ("a\nb\"c\n", 2, "inside a cell"), ("a\n\"b\nc", 2, "never closed"), ("\"a\"b\n", 1, "closing quotation mark"),
    ])
    func mistakesNameTheLine(_ text: String, _ line: Int, _ part: String) throws {
        let error = #expect(throws: DataError.self) { try cells(text) }
        #expect(error?.line == line && error?.message.contains(part) == true)
    }

    @Test func onlyUTF8IsText() {
        #expect(throws: DataError.self) { try CommaSeparatedRows.rows(of: [0x61, 0xFF], path: "t.csv") }
    }

    @Test(arguments: ["plain", "a,b", "say \"so\"", "two\nlines", "", "\"", "an \"\u{301} accent"])
    func cellsSurviveWritingAndReading(_ text: String) throws {
        #expect(try cells("\(commaSeparatedCell(text)),end") == [[text, "end"]])
    }
}
