/// Which way scores point.
public enum Polarity: String, CaseIterable, Hashable, Sendable, Codable {
    /// A higher score means same, target, bona fide.
    case higherIsGenuine = "higher"
    /// A lower one does: a distance.
    case lowerIsGenuine = "lower"

    var reversed: Polarity { self == .higherIsGenuine ? .lowerIsGenuine : .higherIsGenuine }

    /// Every polarity that a comment states, in words such as "higher = same" or "polarity: lower".
    static func stated(in comment: some StringProtocol) -> Set<Polarity> {
        let words = comment.lowercased().split { !$0.isLetter }.map(String.init)
        var found: Set<Polarity> = []
        var direction: Polarity?
        var directionPlace = 0
        for (place, word) in words.enumerated() {
            if word == "higher" || word == "lower" {
                direction = Polarity(rawValue: word)
                directionPlace = place
                if place > 0, words[place - 1] == "polarity", let direction { found.insert(direction) }
            } else if let stated = direction, place - directionPlace <= 3, let isGenuine = classes[word] {
                found.insert(isGenuine ? stated : stated.reversed)
                direction = nil
            }
        }
        return found
    }

    private static let classes: [String: Bool] = [
        "same": true, "target": true, "genuine": true, "bonafide": true, "bona": true, "match": true, "similar": true,
        "different": false, "nontarget": false, "impostor": false, "spoof": false, "nonmatch": false,
    ]
}
