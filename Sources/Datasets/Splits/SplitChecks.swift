extension Split {
    /// Throws where a set is empty, something is on two sides, or a set cannot serve its purpose.
    func check(_ items: [Item], identities: IdentitySharing, purpose: SplitPurpose) throws {
        for part in parts where part.indices.isEmpty {
            throw SplitError.emptySet(part.name, detail: emptinessDetail(items))
        }
        let groups = onTwoSides(items) { $0.group }
        guard groups.isEmpty else { throw SplitError.groupsOnTwoSides(groups) }
        switch identities {
        case .disjoint:
            let labels = onTwoSides(items) { $0.label }
            guard labels.isEmpty else { throw SplitError.identitiesOnTwoSides(labels) }
        case .shared:
            try checkLabelsAreSeen(items, purpose)
        }
        if purpose == .verification { try checkPairs(items) }
    }

    private func emptinessDetail(_ items: [Item]) -> String {
        let labels = Set(items.map(\.label)).count
        let lots = identityLots(items).count
        let linked = lots < labels ? ", \(lots) when those that share a group stay together" : ""
        return "there are \(labels) identities\(linked), in \(items.count) samples, for \(parts.count) sets"
    }

    /// The names that `key` gives in more than one set, in natural order.
    private func onTwoSides(_ items: [Item], _ key: (Item) -> String?) -> [String] {
        var first: [String: Int] = [:]
        var twice: Set<String> = []
        for (number, part) in parts.enumerated() {
            for name in part.indices.compactMap({ key(items[$0]) }) {
                if first[name, default: number] != number { twice.insert(name) }
                first[name] = number
            }
        }
        return twice.sorted(by: precedesNaturally)
    }

    /// A later set has the first one's identities; for verification, one of strangers alone may stand beside.
    private func checkLabelsAreSeen(_ items: [Item], _ purpose: SplitPurpose) throws {
        guard let first = parts.first else { return }
        let seen = Set(first.indices.map { items[$0].label })
        for part in parts.dropFirst() {
            let labels = Set(part.indices.map { items[$0].label })
            let unseen = labels.subtracting(seen)
            guard unseen.isEmpty || purpose == .verification && unseen == labels else {
                throw SplitError.unseenLabels(
                    unseen.sorted(by: precedesNaturally), set: part.name, first: first.name)
            }
        }
    }

    private func checkPairs(_ items: [Item]) throws {
        for (number, part) in parts.enumerated() {
            let counts = Dictionary(grouping: part.indices) { items[$0].label }.mapValues(\.count)
            guard counts.count > 1 else {
                let label = counts.keys.first ?? ""
                throw SplitError.noPairs(
                    set: part.name, detail: "it holds one identity alone, '\(label)', so no pair of strangers")
            }
            guard number == 0 || counts.values.contains(where: { $0 > 1 }) else {
                throw SplitError.noPairs(
                    set: part.name,
                    detail: "its \(counts.count) identities have one picture each, so no pair of one person")
            }
        }
    }
}
