/// Text without the characters that mean something in XML and HTML, and without those that XML 1.0 does not know.
func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "\t", "\n", "\r", "\u{20}"..."\u{FFFD}", "\u{10000}"...: result.unicodeScalars.append(scalar)
        default: result.unicodeScalars.append("\u{FFFD}")
        }
    }
    return result
}
