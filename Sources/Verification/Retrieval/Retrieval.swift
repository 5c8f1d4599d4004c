/// How well queries find the items of their own class: rankings, reduced to what the measures need.
///
/// Equal scores have no order: every measure is the average over all orders of the items that tie. With all
/// scores equal it is what drawing lots would give.
///
/// ```swift
/// let retrieval = try Retrieval(matrix, queryLabels: labels, itemLabels: labels, excludingDiagonal: true)
/// retrieval.meanAveragePrecisionAtR()  // "MAP@R[…]"
/// ```
public struct Retrieval: Sendable {
    /// The number of queries with at least one relevant item, which are those that count.
    public var queryCount: Int { queries.count }
    /// The number of queries without a relevant item, which no measure can judge.
    public let skippedCount: Int
    private let queries: [RankedQuery]

    /// Takes rankings, one place per query; none for a query without a relevant item.
    ///
    /// - Throws: ``VerificationError/empty(what:)`` if no query has one.
    public init(_ queries: [RankedQuery?]) throws(VerificationError) {
        self.queries = queries.compactMap(\.self)
        guard !self.queries.isEmpty else { throw .empty(what: "queries with a relevant item") }
        skippedCount = queries.count - self.queries.count
    }

    /// Ranks the items of every row of a score matrix.
    ///
    /// - Parameters:
    ///   - matrix: the scores of queries (rows) against items (columns), higher is nearer.
    ///   - queryLabels: the class of every row.
    ///   - itemLabels: the class of every column.
    ///   - excludingDiagonal: whether row i and column i are the same thing, which then is no match for itself.
    /// - Throws: ``VerificationError`` if counts differ or no query has a relevant item.
    public init<Label: Equatable>(
        _ matrix: ScoreMatrix, queryLabels: [Label], itemLabels: [Label], excludingDiagonal: Bool = false
    ) throws(VerificationError) {
        guard queryLabels.count == matrix.probeCount else {
            throw .countMismatch(what: "query labels", count: queryLabels.count, expected: matrix.probeCount)
        }
        guard itemLabels.count == matrix.galleryCount else {
            throw .countMismatch(what: "item labels", count: itemLabels.count, expected: matrix.galleryCount)
        }
        try self.init(
            queryLabels.indices.map { row in
                matrix.withRow(row) { scores in
                    RankedQuery(scores, excluded: excludingDiagonal ? row : nil) { itemLabels[$0] == queryLabels[row] }
                }
            })
    }

    /// The share of queries with a relevant item among the first K.
    ///
    /// - Precondition: K > 0.
    public func recall(at depth: Int) -> NamedValue {
        precondition(depth > 0, "a ranking is looked at from place 1 on")
        return mean("Recall@\(depth)[any match, ties by lot]") {
            $0.firstMatch.chanceOfMatch(within: depth)
        }
    }

    /// The share of relevant items among the first R, R being the number of relevant items of the query.
    public func rPrecision() -> NamedValue {
        mean("R-precision[ties by lot]") { query in
            query.firstGroups.reduce(0) { $0 + $1.expectedMatches(within: query.relevantCount) }
                / Double(query.relevantCount)
        }
    }

    /// (1/R) Σ over places i ≤ R that hold a relevant item of the precision at i (Musgrave et al. 2020).
    public func meanAveragePrecisionAtR() -> NamedValue {
        mean("MAP@R[ties by lot]") { query in
            query.firstGroups.reduce(0) { $0 + $1.expectedPrecisionSum(within: query.relevantCount) }
                / Double(query.relevantCount)
        }
    }

    /// The rank of each query's best relevant item: 1 + the number of other items strictly above it + half the
    /// number of irrelevant ones that tie with it.
    public func ranks() -> [Double] {
        queries.map { query in
            let match = query.firstMatch
            return 1 + Double(match.before) + Double(match.count - match.relevant) / 2
        }
    }

    /// The median of ``ranks()``, the mean of the middle two if their number is even.
    public func medianRank() -> NamedValue {
        NamedValue(name: "median rank[ties half]", value: quantile(0.5, ofSorted: ranks().sorted()))
    }

    /// The mean of ``ranks()``.
    public func meanRank() -> NamedValue {
        let ranks = ranks()
        return NamedValue(name: "mean rank[ties half]", value: ranks.reduce(0, +) / Double(ranks.count))
    }

    private func mean(_ name: String, of measure: (RankedQuery) -> Double) -> NamedValue {
        NamedValue(name: name, value: queries.reduce(0) { $0 + measure($1) } / Double(queries.count))
    }
}
