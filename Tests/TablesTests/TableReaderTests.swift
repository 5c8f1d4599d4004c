import Foundation
import Testing

@testable import Tables

private func numbers(_ table: Table, _ name: String) -> [Double]? {
    guard case .numbers(let numbers)? = table.column(named: name)?.values else { return nil }
    return numbers
}

private func texts(_ table: Table, _ name: String) -> [String?]? {
    guard case .categories(let codes, let names)? = table.column(named: name)?.values else { return nil }
    return codes.map { $0 < 0 ? nil : names[Int($0)] }
}

private func message(_ text: String, format: TableFormat = .csv) -> String? {
    do {
        _ = try Table.parse(text, name: "t.csv", format: format)
        return nil
    } catch {
        return "\(error)"
    }
}

@Suite struct TableReaderTests {
    @Test func numbersCategoriesAndMissingValuesFollowTheRule() throws {
        let table = try Table.parse(
            "a, b ,c\r\n1,x,\n-2.5e1 , \"y, z\",?\n\n+.5,\"he said \"\"no\"\"\",NA\n", name: "t.csv", format: .csv)
        #expect(table.names == ["a", "b", "c"] && table.rowCount == 3)
        #expect(numbers(table, "a") == [1, -25, 0.5])
        #expect(texts(table, "b") == ["x", "y, z", "he said \"no\""])
        #expect(numbers(table, "c")?.allSatisfy(\.isNaN) == true)
        #expect(table.column(named: "c")?.isMissing(1) == true)
    }

    @Test func oneTextMakesAColumnCategorical() throws {
        let table = try Table.parse("a\n1\n2\ninf\n1\n", name: "t", format: .csv)
        #expect(texts(table, "a") == ["1", "2", "inf", "1"])
    }

    @Test func tabsAndGivenNames() throws {
        var format = TableFormat.tsv
        format.names = ["p", "q"]
        let table = try Table.parse("1\ta b\n2\t\n", name: "t", format: format)
        #expect(numbers(table, "p") == [1, 2])
        #expect(texts(table, "q") == ["a b", nil])
    }

    @Test func arffDeclaresItsColumns() throws {
        let table = try Table.parse(
            """
            % a comment
            @relation people
            @attribute 'home town' {'New York', 'O\\'Fallon'}
            @ATTRIBUTE age REAL
            @data
            'New York', 30
            % between
            'O\\'Fallon', ?
            """, name: "t.arff", format: .arff)
        #expect(texts(table, "home town") == ["New York", "O'Fallon"])
        #expect(numbers(table, "age")?[0] == 30)
        #expect(table.column(named: "age")?.isMissing(1) == true)
    }

    @Test func anyCutIntoRangesGivesTheSameTable() throws {
        var text = "n,t\n"
        for row in 0..<200 { text += "\(row),\"line \(row % 7)\nwith a break, \"\"quoted\"\"\"\n" }
        let bytes = Array(text.utf8)
        for size in [1, 7, 64, 1000, 1 << 20] {
            let table = try bytes.withUnsafeBufferPointer {
                try Table.read($0, name: "t", format: .csv, rangeSize: size)
            }
            #expect(numbers(table, "n") == (0..<200).map(Double.init))
            #expect(texts(table, "t") == (0..<200).map { "line \($0 % 7)\nwith a break, \"quoted\"" })
        }
    }

    @Test func faultsNameLineAndColumn() {
        #expect(message("a,b\n1,2\n3\n")?.hasPrefix("t.csv, line 3: has 1 fields, but the table has 2") == true)
        #expect(message("a,b\n1,2,3\n")?.hasPrefix("t.csv, line 2: has more than 2 fields") == true)
        #expect(message("a,b\n1,\"2\n")?.hasPrefix("t.csv, line 2, column “b”: a quote is opened") == true)
        #expect(message("a,b\n1,x\"y\n")?.hasPrefix("t.csv, line 2, column “b”: a quote stands inside") == true)
        #expect(message("a,b\n1,\"x\"y\n")?.hasPrefix("t.csv, line 2, column “b”: text follows") == true)
        #expect(message("a,a\n1,2\n")?.contains("two columns have this name") == true)
        #expect(message("a,b\n")?.contains("no rows") == true)
        #expect(message("")?.contains("is empty") == true)
        #expect(
            message("@attribute x real\n@data\n1\nabc\n", format: .arff)?
                .hasPrefix("t.csv, line 4, column “x”: is declared numeric") == true)
        #expect(message("1,2\n", format: .arff)?.contains("line 1: is neither @relation") == true)
    }

    @Test func aGzipFileReadsLikeThePlainOne() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let packed = Data(
            base64Encoded: "H4sIAAAAAAACA0vUSeIy1DHmMtIx4QIAJV02vQwAAAA=")
        let path = folder.appendingPathComponent("t.csv.gz").path
        try #require(packed).write(to: URL(fileURLWithPath: path))
        #expect(numbers(try Table.read(path), "b") == [3, 4])
        #expect(throws: TableError.self) { try Table.read(folder.path) }
        #expect(throws: TableError.self) { try Table.read(path + ".absent") }
    }
}

@Suite struct DecimalNumberTests {
    private func read(_ text: String) -> Double? {
        Array(text.utf8).withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress, let number = decimalNumber(start, start + buffer.count),
                number.end == start + buffer.count
            else { return nil }
            return number.value
        }
    }

    @Test(arguments: [
        "0", "-0", "1", "0.1", "123456789.123456789", "9007199254740993", "1e22", "1e23", "1.7976931348623157e308",
        "5e-324", "3.", ".5", "-1.5E-3", "12345678901234567890123", "0.00000000000000000000000000001",
    ])
    func numbersAreTheNearestDoubles(text: String) {
        #expect(read(text)?.bitPattern == Double(text.hasSuffix(".") ? text + "0" : text)?.bitPattern)
    }

    @Test(arguments: ["", "-", ".", "e5", "1e", "inf", "nan", "0x10", "1 2", "--1", "1e999", "-1e400"])
    func otherTextsAreNone(text: String) {
        #expect(read(text) == nil)
    }

    @Test func drawnNumbersSurvive() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let number = Double.random(in: -1...1, using: &generator) * 1e7
            for text in ["\(number)", String(format: "%.6f", number), String(format: "%.3e", number)] {
                #expect(read(text) == Double(text))
            }
        }
    }
}
