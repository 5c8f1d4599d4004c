import Foundation

/// LFW's lists of pairs: view 1 (`pairsDevTrain.txt`, `pairsDevTest.txt`) and view 2 (`pairs.txt`).
///
/// The first line of view 2 is `10 300`: ten folds, each of 300 pairs `name i j` of one person and 300 pairs
/// `name i name j` of two. That of view 1 is the number of either kind alone.
public struct FacePairs: Hashable, Sendable {
    /// A picture: person and number.
    public struct Picture: Hashable, Sendable {
        public let person: String
        public let number: Int

        /// The picture's path in LFW's own folders, such as `Abel_Pacheco/Abel_Pacheco_0001.jpg`.
        public var path: String { "\(person)/\(person)_\(String(format: "%04d", number)).jpg" }
    }

    /// Two pictures, and whether they show one person.
    public struct Pair: Hashable, Sendable {
        public let left: Picture
        public let right: Picture
        public var isSame: Bool { left.person == right.person }
    }

    /// The pairs, fold after fold.
    public let pairs: [Pair]
    /// 10 for view 2, 1 for view 1.
    public let foldCount: Int

    /// Reads a list.
    ///
    /// - Throws: ``TrialFileError`` that names the line.
    public init(contents: Data, name: String) throws(TrialFileError) {
        let lines = String(decoding: contents, as: UTF8.self).split(omittingEmptySubsequences: false) { $0.isNewline }
        let header = lines[0].split { $0 == " " || $0 == "\t" }.map { Int($0) ?? 0 }
        guard (1...2).contains(header.count), header.allSatisfy({ (1...1_000_000_000).contains($0) }) else {
            throw TrialFileError(
                file: name, line: 1,
                message: "is “\(lines[0])”; an LFW list begins with the number of pairs of either kind, before it in "
                    + "view 2 the number of folds")
        }
        let perKind = header[header.count - 1]
        foldCount = header.count == 2 ? header[0] : 1
        let expected = 2 * perKind * foldCount
        var pairs: [Pair] = []
        for (place, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            let pair = Self.pair(line.split { $0 == " " || $0 == "\t" })
            let wantsSame = pairs.count / perKind % 2 == 0
            guard let pair, pair.isSame == wantsSame else {
                throw TrialFileError(
                    file: name, line: place + 1,
                    message:
                        "is “\(line)”, where a pair of \(wantsSame ? "one person (name i j)" : "two people (name i name j)") should be"
                )
            }
            pairs.append(pair)
        }
        guard pairs.count == expected else {
            throw TrialFileError(
                file: name, message: "has \(pairs.count) pairs, but its first line promises \(expected)")
        }
        self.pairs = pairs
    }

    private static func pair(_ fields: [Substring]) -> Pair? {
        func picture(_ person: Substring, _ number: Substring) -> Picture? {
            Int(number).map { Picture(person: String(person), number: $0) }
        }
        switch fields.count {
        case 3:
            guard let left = picture(fields[0], fields[1]), let right = picture(fields[0], fields[2]) else {
                return nil
            }
            return Pair(left: left, right: right)
        case 4:
            guard let left = picture(fields[0], fields[1]), let right = picture(fields[2], fields[3]) else {
                return nil
            }
            return Pair(left: left, right: right)
        default: return nil
        }
    }
}
