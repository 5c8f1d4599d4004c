/// What one thread read of a file: columns of numbers, names numbered within the chunk.
struct TrialChunk {
    var scores: [Double] = []
    var kinds: [TrialKind] = []
    var left: [UInt32] = []
    var right: [UInt32] = []
    var speakers: [UInt32] = []
    var attacks: [UInt32] = []
    var items: NameTable
    var speakerNames: NameTable
    var attackNames: NameTable
    /// The first mistake, at its byte.
    var failure: (byte: Int, message: String)?

    private let base: UnsafePointer<UInt8>
    private let layout: TrialLayout

    init(base: UnsafePointer<UInt8>, layout: TrialLayout) {
        self.base = base
        self.layout = layout
        items = NameTable(base: base)
        speakerNames = NameTable(base: base)
        attackNames = NameTable(base: base)
    }

    /// Reads whole lines from `start` to `end`.
    mutating func read(from start: Int, to end: Int) {
        let estimate = (end - start) / 40
        if layout.has(.score) { scores.reserveCapacity(estimate) }
        if layout.has(.key) { kinds.reserveCapacity(estimate) }
        let columns = layout.columns
        var place = start
        while place < end, failure == nil {
            place = readLine(at: place, end: end, columns: columns)
        }
    }

    /// Reads one line, and says where the next begins.
    @inline(__always)
    private mutating func readLine(at lineStart: Int, end: Int, columns: [TrialLayout.Column]) -> Int {
        var place = lineStart
        var column = 0
        while true {
            while place < end, isSpace(base[place]) { place &+= 1 }
            if place == end || base[place] == newline { break }
            if column == 0, base[place] == commentSign { return skipLine(place, end) }
            var fieldStart = place
            var fieldEnd: Int
            if base[place] == quotationMark {
                fieldStart &+= 1
                fieldEnd = fieldStart
                while fieldEnd < end, base[fieldEnd] != quotationMark, base[fieldEnd] != newline { fieldEnd &+= 1 }
                guard fieldEnd < end, base[fieldEnd] == quotationMark else {
                    failure = (fieldStart, "has a quotation mark without the one that closes it")
                    return end
                }
                place = fieldEnd &+ 1
            } else {
                while place < end, !isSeparator(base[place]) { place &+= 1 }
                fieldEnd = place
            }
            if column < columns.count {
                guard take(columns[column], start: fieldStart, count: fieldEnd - fieldStart) else { return end }
            } else if !layout.hasMore {
                failure = (fieldStart, "has more than the \(columns.count) fields of “\(layout.name)”")
                return end
            }
            column &+= 1
        }
        if column != 0, column < columns.count {
            failure = (
                lineStart,
                "has \(column) fields, where “\(layout.name)” has \(columns.count) "
                    + "(\(columns.map(\.rawValue).joined(separator: ", ")))"
            )
        }
        return place < end ? place + 1 : end
    }

    private func skipLine(_ start: Int, _ end: Int) -> Int {
        var place = start
        while place < end, base[place] != newline { place &+= 1 }
        return place < end ? place + 1 : end
    }

    @inline(__always)
    private mutating func take(_ column: TrialLayout.Column, start: Int, count: Int) -> Bool {
        switch column {
        case .score:
            guard let score = DecimalParser.parse(base + start, count: count) else {
                failure = (start, "has “\(text(start, count))” where a score should be")
                return false
            }
            guard score.isFinite else {
                failure = (start, "has the score \(text(start, count)); every score must be a finite number")
                return false
            }
            scores.append(score)
        case .key:
            guard var kind = TrialKind(base + start, count: count) else {
                failure = (
                    start,
                    "has the key “\(text(start, count))”; keys are target or nontarget, bonafide or spoof, 1 or 0 (or −1)"
                )
                return false
            }
            if layout.zeroIsSpoof, kind == .impostor { kind = .spoof }
            kinds.append(kind)
        case .left, .utterance: left.append(items.number(start: start, count: count))
        case .right: right.append(items.number(start: start, count: count))
        case .speaker: speakers.append(speakerNames.number(start: start, count: count))
        case .attack: attacks.append(attackNames.number(start: start, count: count))
        case .unused: break
        }
        return true
    }

    private func text(_ start: Int, _ count: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: base + start, count: count), as: UTF8.self)
    }
}

let newline: UInt8 = 0x0A
let commentSign: UInt8 = 0x23
/// Fields that hold what parts fields stand between two of these.
private let quotationMark: UInt8 = 0x22

/// Blanks, tabs, carriage returns and commas part fields.
@inline(__always)
func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x2C || byte == 0x0D
}

@inline(__always)
private func isSeparator(_ byte: UInt8) -> Bool {
    byte <= 0x2C && (byte == newline || isSpace(byte))
}
