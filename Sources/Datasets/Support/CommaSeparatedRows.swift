/// The rows of a CSV file as RFC 4180 describes it: cells between commas, rows ended by LF or CR LF,
/// cells with commas, quotation marks or line ends inside quotation marks, a quotation mark doubled.
///
/// A byte-order mark is skipped, as are empty lines. Text is UTF-8. Another separator may stand in the
/// comma's place.
public struct CommaSeparatedRows: Sequence, IteratorProtocol {
    public struct Row: Equatable, Sendable {
        /// The line on which the row begins, counted from 1.
        public let line: Int
        public let cells: [String]
    }

    private let path: String
    private let bytes: [UInt8]
    private let separator: UInt8
    private var position = 0
    private var line = 1
    /// The first error met; the rows end there.
    private(set) var error: DataError?

    init(_ bytes: [UInt8], path: String, separator: UInt8 = UInt8(ascii: ",")) {
        self.path = path
        self.bytes = bytes
        self.separator = separator
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// All rows, or the first error.
    public static func rows(
        of bytes: [UInt8], path: String, separator: UInt8 = UInt8(ascii: ",")
    ) throws -> [Row] {
        var reader = CommaSeparatedRows(bytes, path: path, separator: separator)
        var rows: [Row] = []
        while let row = reader.next() { rows.append(row) }
        if let error = reader.error { throw error }
        return rows
    }

    public mutating func next() -> Row? {
        do {
            return try error == nil ? nextRow() : nil
        } catch {
            self.error = error
            return nil
        }
    }

    private mutating func nextRow() throws(DataError) -> Row? {
        while skipLineEnd() {}
        guard position < bytes.count else { return nil }
        let start = line
        var cells: [String] = []
        while true {
            cells.append(try nextCell())
            if position == bytes.count || skipLineEnd() { return Row(line: start, cells: cells) }
            // Past the separator, where another cell begins even if nothing follows.
            position += 1
        }
    }

    /// Reads up to, and not past, the separator, line end or end of file behind the cell.
    private mutating func nextCell() throws(DataError) -> String {
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try quotedCell() }
        let start = position
        while position < bytes.count, bytes[position] != separator, !isAtLineEnd {
            if bytes[position] == UInt8(ascii: "\"") {
                throw failure(
                    "a quotation mark inside a cell that does not begin with one; "
                        + "put the whole cell in quotation marks and double those inside")
            }
            position += 1
        }
        return try text(bytes[start..<position], line: line)
    }

    private mutating func quotedCell() throws(DataError) -> String {
        let quotation = UInt8(ascii: "\"")
        let start = line
        var cell: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte != quotation {
                if byte == 0x0A { line += 1 }
                cell.append(byte)
            } else if position < bytes.count, bytes[position] == quotation {
                cell.append(quotation)
                position += 1
            } else {
                guard position == bytes.count || bytes[position] == separator || isAtLineEnd else {
                    throw failure(
                        "text follows a closing quotation mark; a \(separator == UInt8(ascii: ",") ? "comma" : "separator") "
                            + "or the line's end belongs there")
                }
                return try text(cell[...], line: start)
            }
        }
        throw DataError(path: path, line: start, message: "a quotation mark is never closed")
    }

    private var isAtLineEnd: Bool {
        bytes[position] == 0x0A
            || bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
    }

    private mutating func skipLineEnd() -> Bool {
        guard position < bytes.count, isAtLineEnd else { return false }
        position += bytes[position] == 0x0D ? 2 : 1
        line += 1
        return true
    }

    private func text(_ bytes: ArraySlice<UInt8>, line: Int) throws(DataError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DataError(path: path, line: line, message: "a cell is not UTF-8 text")
        }
        return text
    }

    private func failure(_ message: String) -> DataError {
        DataError(path: path, line: line, message: message)
    }
}

/// A cell as CSV writes it: in quotation marks where it holds a comma, a quotation mark or a line end.
public func commaSeparatedCell(_ text: String) -> String {
    let special: Set<UInt8> = [0x22, 0x2C, 0x0A, 0x0D]
    guard text.utf8.contains(where: special.contains) else { return text }
    // Byte by byte: a quotation mark with an accent on it is another Character, and the same byte.
    let doubled = text.utf8.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] }
    return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
}
