/// Parts records into fields, one after another.
///
/// A field may stand in quotes; a quote inside it is doubled (CSV) or follows a backslash (ARFF). Blanks around a
/// field do not belong to it. Outside quotes a line's end ends the record.
struct FieldScanner {
    var place: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>
    let separator: UInt8
    /// ARFF: single quotes too, backslashes escape, and `%` begins a comment.
    let isARFF: Bool

    struct Field {
        var start: UnsafePointer<UInt8>
        var count: Int
        var isQuoted: Bool

        var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
    }

    enum Fault: Error { case openQuote, textAfterQuote, quoteInText }

    /// Whether the record has ended before this place: after its last field the scanner stands on the line's end.
    var isAtLineEnd: Bool { place == end || place.pointee == 0x0A || place.pointee == 0x0D }

    /// Steps over blank lines and comments to the next record.
    ///
    /// - Returns: whether there is one.
    mutating func startRecord() -> Bool {
        while place < end {
            if place.pointee == 0x0A || place.pointee == 0x0D {
                place += 1
            } else if isARFF, place.pointee == 0x25 {
                while !isAtLineEnd { place += 1 }
            } else {
                var look = place
                while look < end, look.pointee == 0x20 { look += 1 }
                guard look < end, look.pointee == 0x0A || look.pointee == 0x0D else { return look < end }
                place = look
            }
        }
        return false
    }

    @inline(__always)
    mutating func skipBlanks() {
        while place < end, place.pointee == 0x20 || (place.pointee == 0x09 && separator != 0x09) { place += 1 }
    }

    /// The field that starts here; the scanner then stands on the separator or the line's end.
    @inline(__always)
    mutating func field() throws(Fault) -> Field {
        skipBlanks()
        if place < end, place.pointee == 0x22 || (isARFF && place.pointee == 0x27) { return try quoted() }
        let start = place
        while place < end, place.pointee != separator, place.pointee != 0x0A, place.pointee != 0x0D {
            if place.pointee == 0x22, !isARFF { throw .quoteInText }
            place += 1
        }
        var last = place
        while last > start, (last - 1).pointee == 0x20 || (last - 1).pointee == 0x09 { last -= 1 }
        return Field(start: start, count: last - start, isQuoted: false)
    }

    private mutating func quoted() throws(Fault) -> Field {
        let quote = place.pointee
        place += 1
        let start = place
        while place < end {
            if isARFF, place.pointee == 0x5C, place + 1 < end {
                place += 2
            } else if place.pointee != quote {
                place += 1
            } else if !isARFF, place + 1 < end, (place + 1).pointee == quote {
                place += 2
            } else {
                break
            }
        }
        guard place < end else { throw .openQuote }
        let field = Field(start: start, count: place - start, isQuoted: true)
        place += 1
        skipBlanks()
        guard isAtLineEnd || place.pointee == separator else { throw .textAfterQuote }
        return field
    }

    /// A field's text with its escapes undone.
    static func string(_ field: UnsafeBufferPointer<UInt8>, isARFF: Bool) -> String {
        let text = String(decoding: field, as: UTF8.self)
        if isARFF {
            guard text.contains("\\") else { return text }
            var (result, isEscaped) = ("", false)
            for character in text {
                if character == "\\", !isEscaped {
                    isEscaped = true
                } else {
                    result.append(character)
                    isEscaped = false
                }
            }
            return result
        }
        return text.replacing("\"\"", with: "\"")
    }
}
