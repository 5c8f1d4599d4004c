/// The names of a table's columns, and where its data start.
struct TableHeader: Sendable {
    let names: [String]
    /// Which columns are known to hold categories.
    let isText: [Bool]
    let dataStart: Int
    let separator: UInt8
    let isARFF: Bool

    init(_ bytes: UnsafeBufferPointer<UInt8>, name: String, format: TableFormat) throws(TableError) {
        guard let separator = format.separator else {
            self = try Self.arff(bytes, name: name)
            return
        }
        // A byte order mark is no part of the first name.
        let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
        let mark = hasMark ? 3 : 0
        if let names = format.names {
            self.init(names: names, isText: [], dataStart: mark, separator: separator, isARFF: false)
        } else {
            let (names, length) = try Self.firstRecord(
                UnsafeBufferPointer(rebasing: bytes[mark...]), separator: separator, name: name)
            self.init(names: names, isText: [], dataStart: mark + length, separator: separator, isARFF: false)
        }
        try check(name)
    }

    private init(names: [String], isText: [Bool], dataStart: Int, separator: UInt8, isARFF: Bool) {
        self.names = names
        self.isText = isText.isEmpty ? Array(repeating: false, count: names.count) : isText
        self.dataStart = dataStart
        self.separator = separator
        self.isARFF = isARFF
    }

    private func check(_ name: String) throws(TableError) {
        var seen: Set<String> = []
        for column in names where !seen.insert(column).inserted {
            throw TableError(file: name, line: 1, column: column, reason: "two columns have this name; rename one")
        }
    }

    private static func firstRecord(
        _ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8, name: String
    ) throws(TableError) -> (names: [String], length: Int) {
        guard let start = bytes.baseAddress else { throw TableError(file: name, reason: "is empty") }
        var scanner = FieldScanner(place: start, end: start + bytes.count, separator: separator, isARFF: false)
        guard scanner.startRecord() else { throw TableError(file: name, reason: "holds blank lines only") }
        var names: [String] = []
        while true {
            do {
                names.append(FieldScanner.string(try scanner.field().text, isARFF: false))
            } catch {
                throw TableError(file: name, line: 1, reason: RangeParser.reason(error))
            }
            guard !scanner.isAtLineEnd else { return (names, scanner.place - start) }
            scanner.place += 1
        }
    }

    /// `@attribute name type` lines up to `@data`; `numeric`, `real` and `integer` are numbers, the rest categories.
    private static func arff(_ bytes: UnsafeBufferPointer<UInt8>, name: String) throws(TableError) -> TableHeader {
        var (names, isText): ([String], [Bool]) = ([], [])
        var (place, line) = (0, 0)
        while place < bytes.count {
            let lineEnd = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
            let text = String(decoding: bytes[place..<lineEnd], as: UTF8.self).trimmed
            place = min(lineEnd + 1, bytes.count)
            line += 1
            let keyword = text.prefix { !$0.isWhitespace }.lowercased()
            switch keyword {
            case "@data":
                guard !names.isEmpty else {
                    throw TableError(file: name, line: line, reason: "@data comes before any @attribute")
                }
                let header = TableHeader(
                    names: names, isText: isText, dataStart: place, separator: UInt8(ascii: ","), isARFF: true)
                try header.check(name)
                return header
            case "@attribute":
                let (attribute, type) = attribute(String(text.dropFirst(keyword.count)).trimmed)
                guard !attribute.isEmpty, !type.isEmpty else {
                    throw TableError(file: name, line: line, reason: "an @attribute has a name and a type")
                }
                names.append(attribute)
                isText.append(!["numeric", "real", "integer"].contains(type.lowercased()))
            default:
                guard text.isEmpty || text.hasPrefix("%") || keyword == "@relation" else {
                    throw TableError(
                        file: name, line: line,
                        reason: "is neither @relation, @attribute, @data nor a comment; an ARFF file begins with these")
                }
            }
        }
        throw TableError(file: name, reason: "has no @data line, which an ARFF file needs")
    }

    private static func attribute(_ text: String) -> (name: String, type: String) {
        guard let quote = text.first, quote == "'" || quote == "\"" else {
            let name = text.prefix { !$0.isWhitespace }
            return (String(name), String(text.dropFirst(name.count)).trimmed)
        }
        let name = text.dropFirst().prefix { $0 != quote }
        return (String(name), String(text.dropFirst(name.count + 2)).trimmed)
    }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
