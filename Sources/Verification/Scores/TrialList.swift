/// Two items that are compared; items are numbered from zero.
public struct ItemPair: Hashable, Sendable {
    /// The first item, usually the enrolled one.
    public let left: Int
    /// The second item, usually the probe.
    public let right: Int

    /// Names two items.
    public init(left: Int, right: Int) {
        self.left = left
        self.right = right
    }
}

/// Which items are compared with which, and whose they are: a protocol without scores.
///
/// A trial is genuine if both items belong to one identity. An item compared with itself is no trial: it may
/// stand in the list, but it never counts. Two systems are comparable if they were scored on equal lists.
public struct TrialList: Hashable, Sendable {
    /// The identity of each item, numbered from zero in order of appearance.
    let identityOfItem: [UInt32]
    package let left: [UInt32]
    package let right: [UInt32]

    /// Takes a list of pairs.
    ///
    /// - Parameters:
    ///   - pairs: what is compared, in the order in which scores will come.
    ///   - identities: the identity of each item.
    /// - Throws: ``VerificationError/itemOutOfRange(trial:item:itemCount:)``.
    public init(
        pairs: some Sequence<ItemPair>, identities: some Sequence<some Hashable>
    ) throws(VerificationError) {
        let identityOfItem = numbered(identities)
        var left: [UInt32] = []
        var right: [UInt32] = []
        left.reserveCapacity(pairs.underestimatedCount)
        right.reserveCapacity(pairs.underestimatedCount)
        for pair in pairs {
            let isLeftKnown = identityOfItem.indices.contains(pair.left)
            guard isLeftKnown, identityOfItem.indices.contains(pair.right) else {
                throw .itemOutOfRange(
                    trial: left.count, item: isLeftKnown ? pair.right : pair.left, itemCount: identityOfItem.count)
            }
            left.append(UInt32(pair.left))
            right.append(UInt32(pair.right))
        }
        self.identityOfItem = identityOfItem
        self.left = left
        self.right = right
    }

    /// Compares every item with every other once: (0, 1), (0, 2), …, (0, n − 1), (1, 2), …, n(n − 1)/2 pairs.
    ///
    /// - Parameter identities: the identity of each item.
    public init(allPairsOf identities: some Sequence<some Hashable>) {
        identityOfItem = numbered(identities)
        let itemCount = identityOfItem.count
        let pairCount = itemCount * max(0, itemCount - 1) / 2
        var left: [UInt32] = []
        var right: [UInt32] = []
        left.reserveCapacity(pairCount)
        right.reserveCapacity(pairCount)
        for first in 0..<itemCount {
            for second in (first + 1)..<max(itemCount, first + 1) {
                left.append(UInt32(first))
                right.append(UInt32(second))
            }
        }
        self.left = left
        self.right = right
    }

    /// The number of pairs, an item against itself included.
    public var count: Int { left.count }

    /// The number of items.
    public var itemCount: Int { identityOfItem.count }

    /// The number of pairs of an item with itself, which never count as trials.
    public var selfComparisonCount: Int { (0..<count).count { isSelfComparison($0) } }

    /// The pair at a place of the list.
    public subscript(trial: Int) -> ItemPair {
        ItemPair(left: Int(left[trial]), right: Int(right[trial]))
    }

    /// Whether both items of a pair belong to one identity.
    public func isGenuine(_ trial: Int) -> Bool {
        identityOfItem[Int(left[trial])] == identityOfItem[Int(right[trial])]
    }

    func isSelfComparison(_ trial: Int) -> Bool {
        left[trial] == right[trial]
    }
}

/// Numbers labels from zero in order of appearance.
func numbered<Label: Hashable>(_ labels: some Sequence<Label>) -> [UInt32] {
    var numbers: [Label: UInt32] = [:]
    return labels.map { label in
        let number = numbers[label] ?? UInt32(numbers.count)
        numbers[label] = number
        return number
    }
}
