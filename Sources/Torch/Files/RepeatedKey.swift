import Foundation

/// A key that stands twice in one object of a JSON text, if there is one. Foundation's parser keeps
/// one of both and says nothing.
///
/// - Parameter json: UTF-8 that a parser has accepted.
func repeatedKey(inJSON json: Data) -> String? {
    var keys: [Set<String>] = []
    var lastString = json.startIndex..<json.startIndex
    var position = json.startIndex
    while position < json.endIndex {
        switch json[position] {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            keys.append([])
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            keys.removeLast()
        case UInt8(ascii: "\""):
            let start = position
            position += 1
            while json[position] != UInt8(ascii: "\"") {
                position += json[position] == UInt8(ascii: "\\") ? 2 : 1
            }
            lastString = start..<position + 1
        case UInt8(ascii: ":"):
            // The parser accepted the text, so what stands before a colon is a string.
            guard let key = try? JSONDecoder().decode(String.self, from: json[lastString]) else { break }
            guard keys[keys.count - 1].insert(key).inserted else { return key }
        default:
            break
        }
        position += 1
    }
    return nil
}
