import Foundation

extension TrialReader {
    /// What the first lines tell.
    struct Prelude {
        let layout: TrialLayout
        let polarity: Polarity?
        /// Where the trials begin.
        let start: Int
        /// Whether a line of column names comes before them.
        let hasColumnNames: Bool
    }

    /// Lines enough to tell a layout by.
    private static let sampleCount = 200

    /// What some programs put before text in UTF-8.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Reads comments, column names and enough lines to tell the layout.
    func prelude(layout: TrialLayout?, polarity: Polarity?) throws(TrialFileError) -> Prelude {
        guard !contents.isEmpty else { throw TrialFileError(file: name, message: "is empty") }
        var stated: [(polarity: Polarity, line: Int?)] = polarity.map { [($0, nil)] } ?? []
        var samples: [[Substring]] = []
        var found = layout
        var hasColumnNames = false
        var start = contents.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
        var place = start
        var lineNumber = 0
        while place < contents.count, samples.count < Self.sampleCount {
            let rest = contents[(contents.startIndex + place)...]
            let bytes = rest.prefix { $0 != newline }
            let line = String(decoding: bytes, as: UTF8.self)
            let fields = Self.fields(of: line)
            lineNumber += 1
            place = min(place + bytes.count + 1, contents.count)
            guard let first = fields.first else { continue }
            if first.hasPrefix("#") {
                stated += Polarity.stated(in: line).map { ($0, lineNumber) }
                continue
            }
            if samples.isEmpty, found == nil, !hasColumnNames {
                do {
                    if let (header, polarity) = try TrialLayout.header(fields) {
                        (found, start, hasColumnNames) = (header, place, true)
                        stated += polarity.map { [($0, lineNumber)] } ?? []
                        continue
                    }
                } catch {
                    throw TrialFileError(file: name, line: lineNumber, message: error.message)
                }
            }
            samples.append(fields)
        }
        guard let first = samples.first else { throw TrialFileError(file: name, message: "holds no trials") }
        if let contradiction = stated.first(where: { $0.polarity != stated[0].polarity }) {
            throw TrialFileError(
                file: name, line: contradiction.line,
                message: "says that \(contradiction.polarity.rawValue) scores are genuine, but "
                    + "\(stated[0].line.map { "line \($0)" } ?? "--polarity") says \(stated[0].polarity.rawValue) "
                    + "ones are; one of them must go")
        }
        guard let layout = found ?? TrialLayout.detected(from: samples) else {
            throw TrialFileError(
                file: name,
                message: "is in no known layout: its lines look like “\(first.joined(separator: " "))”, read as "
                    + "\(first.count) field\(first.count == 1 ? "" : "s") (blanks, tabs or commas part them); a first "
                    + "line with column names (score, label, enroll, test, utterance, speaker, attack) settles it")
        }
        return Prelude(
            layout: layout, polarity: stated.first?.polarity, start: start, hasColumnNames: hasColumnNames)
    }

    /// As ``TrialChunk`` cuts a line: a field in quotation marks may hold what parts others.
    private static func fields(of line: String) -> [Substring] {
        func parts(_ character: Character) -> Bool { " \t,\r\r\n".contains(character) }
        var fields: [Substring] = []
        var rest = line.drop(while: parts)
        while let first = rest.first {
            let isQuoted = first == "\""
            let field = isQuoted ? rest.dropFirst().prefix { $0 != "\"" } : rest.prefix { !parts($0) }
            fields.append(field)
            rest = rest[field.endIndex...].dropFirst(isQuoted ? 1 : 0).drop(while: parts)
        }
        return fields
    }
}
