/// One of several folds, for validation on all training samples in turn.
///
/// The samples of the sets train and development are dealt anew: whole groups (each sample without a group is one of
/// its own), shuffled, go to the folds in turn, class by class, so that every fold has its share of the groups of
/// every class. The fold becomes the development set, the others train. Other sets stay as they are.
public struct SplitFold: Sendable, Hashable {
    /// Which fold, from 1 to `count`.
    public var number: Int
    public var count: Int
    /// Starts the shuffling; the same for all folds of one study.
    public var seed: UInt64

    /// - Precondition: 1 ≤ number ≤ count, and there are two folds at least.
    public init(_ number: Int, of count: Int, seed: UInt64) {
        precondition(count >= 2 && (1...count).contains(number), "a fold's number is one of them, of two at least")
        self.number = number
        self.count = count
        self.seed = seed
    }

    /// The sets with this fold as the development set.
    func applied(to assignment: [String?], _ items: [Item]) throws -> [String?] {
        let members = items.indices.filter { [Split.training, Split.development].contains(assignment[$0]) }
        var generator = SeededGenerator(seed: seed, stream: 0xF01D)
        let lots = shuffledLots(of: members, items, &generator)
        var assignment = assignment
        // Classes go on where the last one ended: the folds stay equally large.
        var next = 0
        for label in lots.keys.sorted(by: precedesNaturally) {
            let own = lots[label, default: []]
            guard own.count > 1 else { throw SplitError.tooFewForFolds(label, groups: own.count) }
            for lot in own {
                for index in lot { assignment[index] = next == number - 1 ? Split.development : Split.training }
                next = (next + 1) % count
            }
        }
        return assignment
    }
}

/// The samples of each label in shuffled lots that stay together: a group, or one sample that has none.
///
/// A group counts for the label of its first sample.
func shuffledLots(of members: [Int], _ items: [Item], _ generator: inout SeededGenerator) -> [String: [[Int]]] {
    var lotOfGroup: [String: Int] = [:]
    var lots: [[Int]] = []
    for index in members {
        if let group = items[index].group, let lot = lotOfGroup[group] {
            lots[lot].append(index)
        } else {
            if let group = items[index].group { lotOfGroup[group] = lots.count }
            lots.append([index])
        }
    }
    generator.shuffle(&lots)
    return Dictionary(grouping: lots) { items[$0[0]].label }
}
