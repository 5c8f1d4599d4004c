/// One query's ranking, reduced to what the measures need, so that rankings of any number of items can be streamed:
/// the places up to R, the number of relevant items, and the best relevant one.
public struct RankedQuery: Sendable {
    /// The number of relevant items, R.
    let relevantCount: Int
    /// The groups of equal score that reach into the first R places.
    let firstGroups: [TieGroup]
    /// The group that holds the best relevant item.
    let firstMatch: TieGroup

    /// Ranks items by their scores, higher is nearer.
    ///
    /// - Parameters:
    ///   - scores: one score per item.
    ///   - label: the query's class.
    ///   - itemLabels: the class of every item.
    ///   - excluded: an item that is the query itself.
    /// - Returns: none if no item is relevant; no measure can judge such a query.
    public init?(
        scores: UnsafeBufferPointer<Float>, label: UInt32, itemLabels: [UInt32], excluded: Int? = nil
    ) {
        self.init(scores, excluded: excluded) { itemLabels[$0] == label }
    }

    /// The same for scores of any precision.
    init?<Score: BinaryFloatingPoint>(
        _ scores: UnsafeBufferPointer<Score>, excluded: Int?, isRelevant: (Int) -> Bool
    ) {
        var relevantCount = 0
        var best = -Score.infinity
        for item in scores.indices where isRelevant(item) && item != excluded {
            relevantCount += 1
            best = max(best, scores[item])
        }
        guard relevantCount > 0 else { return nil }
        self.relevantCount = relevantCount
        firstMatch = TieGroup(of: scores, at: best, relevantBefore: 0, excluded: excluded, isRelevant: isRelevant)
        let lowest = Self.largest(relevantCount, of: scores, excluded: excluded)
        var ranking: [(score: Double, isRelevant: Bool)] = []
        for item in scores.indices where scores[item] >= lowest && item != excluded {
            ranking.append((Double(scores[item]), isRelevant(item)))
        }
        firstGroups = TieGroup.groups(of: ranking)
    }

    /// The k-th largest score.
    private static func largest<Score: BinaryFloatingPoint>(
        _ count: Int, of scores: UnsafeBufferPointer<Score>, excluded: Int?
    ) -> Score {
        var candidates: [Score] = []
        var threshold = -Score.infinity
        for item in scores.indices where scores[item] >= threshold && item != excluded {
            candidates.append(scores[item])
            if candidates.count >= 2 * count + 32 {
                candidates.sort(by: >)
                candidates.removeSubrange(count...)
                threshold = candidates[count - 1]
            }
        }
        candidates.sort(by: >)
        return candidates[min(count, candidates.count) - 1]
    }
}

extension TieGroup {
    /// The items with one score among those of a row.
    init<Score: BinaryFloatingPoint>(
        of scores: UnsafeBufferPointer<Score>, at score: Score, relevantBefore: Int, excluded: Int? = nil,
        isRelevant: (Int) -> Bool
    ) {
        var (before, count, relevant) = (0, 0, 0)
        for item in scores.indices where scores[item] >= score && item != excluded {
            if scores[item] > score {
                before += 1
            } else {
                count += 1
                if isRelevant(item) { relevant += 1 }
            }
        }
        self.init(before: before, relevantBefore: relevantBefore, count: count, relevant: relevant)
    }
}
