/// About how wide text is in a sans-serif typeface, rather too much than too little: a plot is laid out without
/// knowing the reader's fonts.
func textWidth(_ text: String, size: Double) -> Double {
    size * text.reduce(0) { $0 + width(of: $1) }
}

/// In units of the type's size.
private func width(of character: Character) -> Double {
    switch character {
    case "i", "j", "l", "t", "f", "r", "I", ".", ",", ":", ";", "'", "|", "!", "(", ")", "[", "]", " ", "·": 0.38
    case "\u{202F}": 0.2
    case "m", "w", "M", "W", "@", "%", "…", "—": 0.95
    case "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻": 0.42
    case _ where character.isUppercase: 0.7
    case _ where character.isASCII: 0.61
    default: character.unicodeScalars.contains { $0.value > 0x2E7F } ? 1.05 : 0.7
    }
}

/// Text in lines no wider than asked, broken at spaces; a word that is too long alone stays whole.
func wrapped(_ text: String, width: Double, size: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
        if let line = lines.last, textWidth("\(line) \(word)", size: size) <= width {
            lines[lines.count - 1] = "\(line) \(word)"
        } else {
            lines.append(String(word))
        }
    }
    return lines
}

/// Text cut to a width, with an ellipsis for what is missing of its middle: a name's end tells as much as its
/// start.
func shortened(_ text: String, width: Double, size: Double) -> String {
    guard textWidth(text, size: size) > width else { return text }
    var (start, end) = (text.prefix(text.count / 2), text.suffix(text.count - text.count / 2))
    while !start.isEmpty, textWidth("\(start)…\(end)", size: size) > width {
        if start.count > end.count / 2 { start.removeLast() } else { end.removeFirst() }
    }
    return "\(start)…\(end)"
}
