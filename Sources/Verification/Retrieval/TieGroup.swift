/// Items of equal score in a ranking, in the only terms that count: how many stand before, how many there are,
/// and how many of them are relevant.
///
/// Which of them comes first is not for the system to say, so measures take the average over all orders.
struct TieGroup: Hashable, Sendable {
    /// The number of items with higher scores.
    let before: Int
    /// The number of relevant ones among those.
    let relevantBefore: Int
    /// The number of items in the group.
    let count: Int
    /// The number of relevant items in the group.
    let relevant: Int

    /// The chance that the first `depth` places hold a relevant item, for the first group that has one.
    ///
    /// With t items that are not relevant, 1 − C(t, m)/C(t + r, m) where m places of the group are reached.
    func chanceOfMatch(within depth: Int) -> Double {
        let reached = min(depth - before, count)
        let others = count - relevant
        guard reached > 0, relevant > 0 else { return 0 }
        guard reached <= others else { return 1 }
        var miss = 1.0
        for place in 0..<reached { miss *= Double(others - place) / Double(count - place) }
        return 1 - miss
    }

    /// The expected number of relevant items of the group within the first `depth` places.
    func expectedMatches(within depth: Int) -> Double {
        Double(relevant) * Double(min(max(depth - before, 0), count)) / Double(count)
    }

    /// The expected sum of precisions at the group's relevant items within the first `depth` places.
    ///
    /// At the group's place j (from 1) an item is relevant with chance r/n, and then of the j − 1 before it in the
    /// group (j − 1)(r − 1)/(n − 1) are. McSherry and Najork, "Computing information retrieval performance
    /// measures efficiently in the presence of tied scores", 2008.
    func expectedPrecisionSum(within depth: Int) -> Double {
        guard relevant > 0 else { return 0 }
        let chance = Double(relevant) / Double(count)
        let density = count > 1 ? Double(relevant - 1) / Double(count - 1) : 0
        var sum = 0.0
        for place in 1...count where before + place <= depth {
            let matches = Double(relevantBefore) + 1 + Double(place - 1) * density
            sum += chance * matches / Double(before + place)
        }
        return sum
    }

    /// The groups of a ranking, from the highest score down.
    static func groups(of ranking: [(score: Double, isRelevant: Bool)]) -> [TieGroup] {
        let sorted = ranking.sorted { $0.score > $1.score }
        var groups: [TieGroup] = []
        var place = 0
        var relevantBefore = 0
        while place < sorted.count {
            var end = place
            var relevant = 0
            while end < sorted.count, sorted[end].score == sorted[place].score {
                relevant += sorted[end].isRelevant ? 1 : 0
                end += 1
            }
            groups.append(
                TieGroup(before: place, relevantBefore: relevantBefore, count: end - place, relevant: relevant))
            relevantBefore += relevant
            place = end
        }
        return groups
    }
}
