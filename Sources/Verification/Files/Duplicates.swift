/// Trials that stand in a list more than once.
struct Duplicates {
    /// How many trials repeat an earlier one with the same label.
    let sameLabelCount: Int

    /// Two trials of the same items with different labels.
    struct Contradiction: Error {
        let first, second: Int
    }

    /// Looks for repeated trials; the order of a trial's two items does not matter. O(n).
    init(left: [UInt32], right: [UInt32], kinds: [TrialKind]) throws(Contradiction) {
        guard !left.isEmpty, left.count <= Int(UInt32.max) else {
            sameLabelCount = 0
            return
        }
        var elements = left.indices.map { place in
            let other = right.isEmpty ? left[place] : right[place]
            let pair = UInt64(min(left[place], other)) << 32 | UInt64(max(left[place], other))
            return PlacedPair(sortKey: pair, place: UInt32(place))
        }
        digitSort(&elements, chunkCount: 2)
        var count = 0
        for place in elements.indices.dropFirst() where elements[place].sortKey == elements[place - 1].sortKey {
            let (first, second) = (Int(elements[place - 1].place), Int(elements[place].place))
            if !kinds.isEmpty, kinds[first] != kinds[second] { throw Contradiction(first: first, second: second) }
            count += 1
        }
        sameLabelCount = count
    }
}

private struct PlacedPair: DigitSortable {
    let sortKey: UInt64
    let place: UInt32
}
