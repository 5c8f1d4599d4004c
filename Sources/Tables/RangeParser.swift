/// Parses the records of a range of a table's bytes into columns of its own.
struct RangeParser: Sendable {
    let header: TableHeader
    /// The texts that stand for a missing value.
    let missing: [[UInt8]]
    /// Which columns hold categories, as far as known.
    let isText: [Bool]

    init(header: TableHeader, missing: [String], isText: [Bool]) {
        self.header = header
        self.missing = missing.map { Array($0.utf8) }
        self.isText = isText
    }

    /// What was found in a range.
    struct Part: @unchecked Sendable {
        var rowCount = 0
        var numbers: [[Double]] = []
        var codes: [[Int32]] = []
        var texts: [CategoryCodes] = []
        /// Numeric columns that hold a text after all, each with the place of the first one.
        var firstText: [Int: Int] = [:]
        var failure: Failure?
    }

    /// A fault at an offset into the data.
    struct Failure {
        var offset: Int
        var column: Int?
        var reason: String

        func error(
            in bytes: UnsafeBufferPointer<UInt8>, from dataStart: Int, header: TableHeader, name: String
        ) -> TableError {
            let line = 1 + bytes[..<(dataStart + offset)].lazy.count { $0 == 0x0A }
            return TableError(file: name, line: line, column: column.map { header.names[$0] }, reason: reason)
        }
    }

    func parse(_ data: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Part {
        var part = Part()
        guard let start = data.baseAddress, !range.isEmpty else { return part }
        let count = header.names.count
        part.numbers = Array(repeating: [], count: count)
        part.codes = Array(repeating: [], count: count)
        part.texts = Array(repeating: CategoryCodes(), count: count)
        var scanner = FieldScanner(
            place: start + range.lowerBound, end: start + range.upperBound, separator: header.separator,
            isARFF: header.isARFF)
        while scanner.startRecord() {
            let record = scanner.place - start
            if part.rowCount == 64 { reserve(&part, total: range.count / max(1, (record - range.lowerBound) / 64)) }
            for column in 0..<count {
                if column > 0 {
                    guard !scanner.isAtLineEnd else {
                        part.failure = Failure(
                            offset: record, reason: Self.countReason("\(column)", expected: count))
                        return part
                    }
                    scanner.place += 1
                }
                do {
                    try read(column, &scanner, &part, from: start)
                } catch {
                    part.failure = Failure(offset: record, column: column, reason: Self.reason(error))
                    return part
                }
            }
            guard scanner.isAtLineEnd else {
                part.failure = Failure(
                    offset: record, reason: Self.countReason("more than \(count)", expected: count))
                return part
            }
            part.rowCount += 1
        }
        return part
    }

    @inline(__always)
    private func read(
        _ column: Int, _ scanner: inout FieldScanner, _ part: inout Part, from start: UnsafePointer<UInt8>
    ) throws(FieldScanner.Fault) {
        if !isText[column] {
            // Nearly every field of a numeric column is a plain number that ends at a separator.
            scanner.skipBlanks()
            if let number = decimalNumber(scanner.place, scanner.end),
                number.end == scanner.end || number.end.pointee == header.separator || number.end.pointee == 0x0A
            {
                scanner.place = number.end
                part.numbers[column].append(number.value)
                return
            }
        }
        let field = try scanner.field()
        let isMissing = isMissing(field)
        if isText[column] {
            part.codes[column].append(isMissing ? -1 : part.texts[column].code(field.text))
        } else if !isMissing, let number = decimalNumber(field.start, field.start + field.count),
            number.end == field.start + field.count
        {
            part.numbers[column].append(number.value)
        } else {
            part.numbers[column].append(.nan)
            if !isMissing, part.firstText[column] == nil { part.firstText[column] = field.start - start }
        }
    }

    private func isMissing(_ field: FieldScanner.Field) -> Bool {
        if field.count == 0 { return true }
        return missing.contains { $0.count == field.count && $0.elementsEqual(field.text) }
    }

    private func reserve(_ part: inout Part, total: Int) {
        for column in isText.indices {
            if isText[column] {
                part.codes[column].reserveCapacity(total)
            } else {
                part.numbers[column].reserveCapacity(total)
            }
        }
    }

    private static func countReason(_ found: String, expected: Int) -> String {
        "has \(found) fields, but the table has \(expected) columns; a separator inside a field needs quotes around it"
    }

    static func reason(_ fault: FieldScanner.Fault) -> String {
        switch fault {
        case .openQuote: "a quote is opened and never closed"
        case .textAfterQuote: "text follows a closing quote; a quote inside a quoted field is written twice"
        case .quoteInText: "a quote stands inside a field without quotes; put the whole field in quotes"
        }
    }
}
