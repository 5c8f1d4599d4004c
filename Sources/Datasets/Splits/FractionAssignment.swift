/// The set of each item where whole identities are dealt out by their number.
///
/// Identities that share a group are one lot. Lots are shuffled; each goes to the set that lacks most
/// of its share of the identities. With lots of one identity every set gets its share, rounded.
func assignedIdentities(_ items: [Item], _ fractions: [SplitRule.Fraction], seed: UInt64) -> [String?] {
    var lots = identityLots(items)
    var generator = SeededGenerator(seed: seed)
    generator.shuffle(&lots)

    let sets = withRemainder(fractions)
    let count = lots.reduce(0) { $0 + $1.count }
    var missing = quotas(sets.map(\.share), count)
    var setOfLabel: [String: String?] = [:]
    for lot in lots {
        let chosen = firstLargest(missing)
        missing[chosen] -= lot.count
        for label in lot { setOfLabel[label] = sets[chosen].name }
    }
    return items.map { setOfLabel[$0.label] ?? nil }
}

/// The set of each item where every identity's pictures are dealt out.
///
/// A group is dealt out as one, with the identity of its first item. Each identity's first lot goes to
/// the first set, which trains; each further one to the set that lacks most of its share so far.
func assignedPictures(_ items: [Item], _ fractions: [SplitRule.Fraction], seed: UInt64) -> [String?] {
    var generator = SeededGenerator(seed: seed)
    let byLabel = shuffledLots(of: Array(items.indices), items, &generator)

    let sets = withRemainder(fractions)
    var credit = sets.map { _ in 0.0 }
    var assignment = [String?](repeating: nil, count: items.count)
    for label in byLabel.keys.sorted(by: precedesNaturally) {
        for (position, lot) in byLabel[label, default: []].enumerated() {
            for set in sets.indices { credit[set] += sets[set].share * Double(lot.count) }
            let chosen = position == 0 ? 0 : firstLargest(credit)
            credit[chosen] -= Double(lot.count)
            for index in lot { assignment[index] = sets[chosen].name }
        }
    }
    return assignment
}

/// The labels in lots that no group links with one another, in natural order of their first labels.
func identityLots(_ items: [Item]) -> [[String]] {
    let labels = Set(items.map(\.label)).sorted(by: precedesNaturally)
    let number = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
    // Union-find: each label points towards its lot's representative.
    var parent = Array(labels.indices)
    func representative(_ label: Int) -> Int {
        var label = label
        while parent[label] != label {
            parent[label] = parent[parent[label]]
            label = parent[label]
        }
        return label
    }
    var labelOfGroup: [String: Int] = [:]
    for item in items {
        guard let group = item.group, let label = number[item.label] else { continue }
        if let other = labelOfGroup[group] {
            let (a, b) = (representative(label), representative(other))
            parent[max(a, b)] = min(a, b)
        } else {
            labelOfGroup[group] = label
        }
    }
    let lots = Dictionary(grouping: labels.indices, by: representative)
    return lots.keys.sorted().map { lots[$0, default: []].map { labels[$0] } }
}

/// The sets, and the part that stays out where the shares leave something of 1.
private func withRemainder(_ fractions: [SplitRule.Fraction]) -> [(name: String?, share: Double)] {
    let remainder = 1 - fractions.reduce(0) { $0 + $1.share }
    let sets: [(name: String?, share: Double)] = fractions.map { ($0.name, $0.share) }
    return remainder > 1e-9 ? sets + [(nil, remainder)] : sets
}

/// Whole numbers in proportion to `shares` that add up to `count`, by largest remainders.
private func quotas(_ shares: [Double], _ count: Int) -> [Int] {
    // The small term keeps a product such as 0.29 · 100 from falling below its whole number.
    var quotas = shares.map { Int($0 * Double(count) + 1e-9) }
    let remainders = shares.indices.map { shares[$0] * Double(count) - Double(quotas[$0]) }
    let order = shares.indices.sorted { (remainders[$1], $0) < (remainders[$0], $1) }
    for index in order.prefix(max(0, count - quotas.reduce(0, +))) { quotas[index] += 1 }
    return quotas
}

private func firstLargest<Value: Comparable>(_ values: [Value]) -> Int {
    values.indices.dropFirst().reduce(0) { values[$1] > values[$0] ? $1 : $0 }
}
