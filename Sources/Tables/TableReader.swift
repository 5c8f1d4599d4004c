import Dispatch
import Foundation

extension Table {
    /// Reads a table from a file of comma- or tab-separated values or ARFF, packed by gzip or not.
    ///
    /// A column is numeric if every value that is not missing is a decimal number, and categorical otherwise; in
    /// ARFF its declaration decides. An empty field and one of `format.missing` are missing. Blank lines are
    /// passed over. The file is read on all processors.
    ///
    /// - Parameters:
    ///   - path: of the file.
    ///   - format: nil for what the file's name promises.
    /// - Throws: ``TableError``, which names the file, the line and the column.
    public static func read(_ path: String, format: TableFormat? = nil) throws(TableError) -> Table {
        let file = try FileBytes(path: path)
        return try withExtendedLifetime(file) { () throws(TableError) in
            try read(file.bytes.bindMemory(to: UInt8.self), name: path, format: format ?? TableFormat(fileName: path))
        }
    }

    /// Reads a table from text; `name` stands for the file in messages.
    public static func parse(_ text: String, name: String, format: TableFormat) throws(TableError) -> Table {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw TableError(file: name, reason: "is empty") }
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(TableError) in try read(buffer, name: name, format: format) }
        }
        return try result.get()
    }

    /// - Parameter rangeSize: about how many bytes one thread reads at a time.
    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, name: String, format: TableFormat, rangeSize: Int = 4 << 20
    ) throws(TableError) -> Table {
        let header = try TableHeader(bytes, name: name, format: format)
        let data = UnsafeBufferPointer(rebasing: bytes[header.dataStart...])
        let ranges = RecordRanges.cut(data, size: rangeSize, isARFF: header.isARFF)
        var isText = header.isText
        while true {
            let parser = RangeParser(header: header, missing: format.missing, isText: isText)
            let parts = parse(data, ranges, by: parser)
            if let failure = parts.lazy.compactMap(\.failure).first {
                throw failure.error(in: bytes, from: header.dataStart, header: header, name: name)
            }
            // A text anywhere makes the column one of categories; then the file is read once more.
            var isNews = false
            for part in parts {
                for (column, place) in part.firstText where !isText[column] {
                    if header.isARFF {
                        let failure = RangeParser.Failure(
                            offset: place, column: column,
                            reason: "is declared numeric, but this is no number; "
                                + "write a number, or ? where the value is missing")
                        throw failure.error(in: bytes, from: header.dataStart, header: header, name: name)
                    }
                    (isText[column], isNews) = (true, true)
                }
            }
            if isNews { continue }
            let table = assemble(parts, names: header.names, isText: isText, isARFF: header.isARFF)
            guard table.rowCount > 0 else {
                throw TableError(file: name, reason: "has a header but no rows; at least one row is needed")
            }
            return table
        }
    }

    private static func parse(
        _ data: UnsafeBufferPointer<UInt8>, _ ranges: [Range<Int>], by parser: RangeParser
    ) -> [RangeParser.Part] {
        var parts = [RangeParser.Part](repeating: .init(), count: ranges.count)
        parts.withUnsafeMutableBufferPointer { buffer in
            // Every place is written by one thread alone.
            nonisolated(unsafe) let (buffer, data) = (buffer, data)
            DispatchQueue.concurrentPerform(iterations: ranges.count) { place in
                buffer[place] = parser.parse(data, ranges[place])
            }
        }
        return parts
    }

    private static func assemble(
        _ parts: [RangeParser.Part], names: [String], isText: [Bool], isARFF: Bool
    ) -> Table {
        let starts = parts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.rowCount) }
        let rowCount = starts[parts.count]
        var columns = names.map { Column(name: $0, values: .numbers([])) }
        columns.withUnsafeMutableBufferPointer { buffer in
            // Every place is written by one thread alone.
            nonisolated(unsafe) let buffer = buffer
            DispatchQueue.concurrentPerform(iterations: names.count) { column in
                if isText[column] {
                    let values = categories(parts, column, rowCount: rowCount, isARFF: isARFF)
                    buffer[column] = Column(name: names[column], values: values)
                } else {
                    let numbers = [Double](unsafeUninitializedCapacity: rowCount) { memory, count in
                        for (part, start) in zip(parts, starts) where part.rowCount > 0 {
                            _ = UnsafeMutableBufferPointer(rebasing: memory[start..<start + part.rowCount])
                                .initialize(from: part.numbers[column])
                        }
                        count = rowCount
                    }
                    buffer[column] = Column(name: names[column], values: .numbers(numbers))
                }
            }
        }
        return Table(columns: columns)
    }

    /// Brings the codes of all parts to common numbers.
    private static func categories(
        _ parts: [RangeParser.Part], _ column: Int, rowCount: Int, isARFF: Bool
    ) -> Column.Values {
        var common = CategoryCodes()
        var codes: [Int32] = []
        codes.reserveCapacity(rowCount)
        for part in parts where part.rowCount > 0 {
            let translation = part.texts[column].texts.map { common.code($0) }
            for code in part.codes[column] { codes.append(code < 0 ? -1 : translation[Int(code)]) }
        }
        let names = common.texts.map { FieldScanner.string($0, isARFF: isARFF) }
        return .categories(codes: codes, names: names)
    }
}
