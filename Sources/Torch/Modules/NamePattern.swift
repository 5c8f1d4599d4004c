/// A pattern of tensors' names, as shells have them for files: `*` stands for any letters, full stops included,
/// and `?` for one.
///
/// `layer4.*` is all of the fourth stage, `*.bias` every bias, `fc.weight` itself.
public struct NamePattern: Sendable, Hashable, CustomStringConvertible {
    public let description: String
    private let letters: [Character]

    public init(_ text: String) {
        description = text
        letters = Array(text)
    }

    /// Whether the pattern fits the whole name.
    public func matches(_ name: String) -> Bool {
        let name = Array(name)
        var (place, letter) = (0, 0)
        // Where the last star stands, and how much of the name it has taken so far.
        var star: (letter: Int, place: Int)?
        while place < name.count {
            if letter < letters.count, letters[letter] == "*" {
                star = (letter, place)
                letter += 1
            } else if letter < letters.count, letters[letter] == "?" || letters[letter] == name[place] {
                (place, letter) = (place + 1, letter + 1)
            } else if let last = star {
                star = (last.letter, last.place + 1)
                (place, letter) = (last.place + 1, last.letter + 1)
            } else {
                return false
            }
        }
        return letters[letter...].allSatisfy { $0 == "*" }
    }
}
