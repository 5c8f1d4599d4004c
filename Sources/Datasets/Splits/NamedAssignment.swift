import Suggestions

/// The set of each item by lists of identities, and the sets' names.
func assigned(_ items: [Item], lists: [SplitRule.List], rest: String?) throws -> ([String], [String?]) {
    var sets: [String: String] = [:]
    for list in lists {
        for identity in list.identities {
            if let other = sets.updateValue(list.name, forKey: identity), other != list.name {
                throw SplitError.listedTwice(identity, sets: [other, list.name])
            }
        }
    }
    try checkKnown(sets.keys, items, place: "the split")
    var names: [String] = []
    for name in lists.map(\.name) + (rest.map { [$0] } ?? []) where !names.contains(name) {
        names.append(name)
    }
    return (names, items.map { sets[$0.label] ?? rest })
}

/// The set of each item by a split file, which must assign every identity.
func assigned(_ items: [Item], file: SplitFile) throws -> ([String], [String?]) {
    try checkKnown(file.sets.keys, items, place: file.path)
    let unlisted = Set(items.map(\.label)).subtracting(file.sets.keys)
    guard unlisted.isEmpty else {
        throw SplitError.unlistedIdentities(unlisted.sorted(by: precedesNaturally), place: file.path)
    }
    let names = orderedSetNames(Set(file.sets.values.compactMap { $0 }))
    return (names, items.map { file.sets[$0.label] ?? nil })
}

/// The set of each item by its own entry.
func assignedByColumn(_ items: [Item]) throws -> ([String], [String?]) {
    let names = Set(items.compactMap(\.split))
    guard !names.isEmpty else { throw SplitError.noColumn }
    return (orderedSetNames(names), items.map(\.split))
}

private func checkKnown(_ names: some Sequence<String>, _ items: [Item], place: String) throws {
    let labels = Set(items.map(\.label))
    let unknown = names.filter { !labels.contains($0) }.sorted(by: precedesNaturally)
    guard unknown.isEmpty else {
        // A comparison with every label takes long; a message names no more than a few.
        throw SplitError.unknownIdentities(
            unknown.enumerated().map { number, name in
                SplitError.Unknown(
                    name: name, nearest: number < SplitError.shownCount ? nearest(name, among: labels) : nil)
            }, place: place)
    }
}
