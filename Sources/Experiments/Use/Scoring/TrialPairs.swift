import Datasets
import Foundation
import Verification

/// A list of pairs to score, in whatever form it came.
struct TrialPairs {
    /// What is compared, each thing once: paths, or the names of templates.
    private(set) var items: [String] = []
    private(set) var pairs: [ItemPair] = []
    /// Whether each pair is of one identity; empty in a list without labels.
    private(set) var isSame: [Bool] = []

    /// Reads the lists of VoxCeleb, OpenSphere and Kaldi, and LFW's pairs.
    ///
    /// - Throws: ``/Verification/TrialFileError``.
    init(_ path: String) throws {
        guard let faces = try Self.facePairs(path) else {
            let file = try TrialFile(opening: path)
            guard !file.right.isEmpty else {
                throw TrialFileError(file: path, message: "(\(file.layout.name)) has no pairs to score")
            }
            items = Array(file.items)
            pairs = (0..<file.count).map { ItemPair(left: Int(file.left[$0]), right: Int(file.right[$0])) }
            isSame = file.kinds.map { $0 == .genuine }
            return
        }
        var numbers: [FacePairs.Picture: Int] = [:]
        func number(_ picture: FacePairs.Picture) -> Int {
            if let number = numbers[picture] { return number }
            numbers[picture] = items.count
            items.append(picture.path)
            return items.count - 1
        }
        pairs = faces.pairs.map { ItemPair(left: number($0.left), right: number($0.right)) }
        isSame = faces.pairs.map(\.isSame)
    }

    /// LFW's pairs, if the first line holds numbers alone.
    private static func facePairs(_ path: String) throws -> FacePairs? {
        guard let contents = FileManager.default.contents(atPath: path) else { return nil }
        let first = contents.prefix { $0 != UInt8(ascii: "\n") }
        let fields = String(decoding: first, as: UTF8.self).split { $0.isWhitespace }
        guard (1...2).contains(fields.count), fields.allSatisfy({ Int($0) != nil }) else { return nil }
        return try FacePairs(contents: contents, name: path)
    }

    /// The pairs as a list; whose the items are does not matter for scoring.
    func list() throws(VerificationError) -> TrialList {
        try TrialList(pairs: pairs, identities: items.indices)
    }

    /// The pairs with scores in VoxCeleb's form: label, enrolled, test, score.
    func text(scores: [Double], comment: String) -> String {
        var lines = ["# \(comment), higher = same"]
        for (trial, pair) in pairs.enumerated() {
            let label = isSame.isEmpty ? [] : [isSame[trial] ? "1" : "0"]
            let fields = label + [trialField(items[pair.left]), trialField(items[pair.right]), "\(scores[trial])"]
            lines.append(fields.joined(separator: " "))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
