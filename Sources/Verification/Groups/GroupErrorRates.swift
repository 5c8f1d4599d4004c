/// The errors that each group of people meets at one threshold for all.
///
/// A genuine trial belongs to its person's group. An impostor trial belongs to a group if both sides do; trials
/// across groups, which are easier, are left out and counted.
public struct GroupErrorRates: Hashable, Sendable, Codable {
    /// One group's error rates.
    public struct Group: Hashable, Sendable, Codable {
        public let name: String
        /// The false match rate; none without impostor trials within the group.
        public let falseMatchRate: NamedValue?
        /// The false non-match rate; none without genuine trials.
        public let falseNonMatchRate: NamedValue?
        public let genuineCount: Int
        public let impostorCount: Int
    }

    /// The threshold, which accepts a score of at least this.
    public let threshold: Double
    /// The groups by name.
    public let groups: [Group]
    /// The number of trials between two groups, which belong to none.
    public let crossGroupCount: Int

    /// Counts errors at a threshold.
    ///
    /// - Parameters:
    ///   - trials: the scored trials with the groups of both sides.
    ///   - threshold: one threshold for all groups, chosen on other data.
    /// - Throws: ``VerificationError`` if there are no trials or a score is not finite.
    public init(
        _ trials: some Sequence<(score: Double, isGenuine: Bool, leftGroup: String, rightGroup: String)>,
        threshold: Double
    ) throws(VerificationError) {
        var counts: [String: Counts] = [:]
        var crossGroupCount = 0
        for (place, trial) in trials.enumerated() {
            guard trial.score.isFinite else {
                throw .nonFiniteScore(set: "grouped", trial: place, value: "\(trial.score)")
            }
            if trial.leftGroup != trial.rightGroup {
                crossGroupCount += 1
            } else if trial.isGenuine {
                counts[trial.leftGroup, default: Counts()].genuine += 1
                if trial.score < threshold { counts[trial.leftGroup, default: Counts()].falseNonMatches += 1 }
            } else {
                counts[trial.leftGroup, default: Counts()].impostor += 1
                if trial.score >= threshold { counts[trial.leftGroup, default: Counts()].falseMatches += 1 }
            }
        }
        guard !counts.isEmpty || crossGroupCount > 0 else { throw .empty(what: "trials") }
        self.threshold = threshold
        self.crossGroupCount = crossGroupCount
        groups = counts.sorted { $0.key < $1.key }.map { name, counts in
            func rate(_ what: String, _ errors: Int, _ count: Int) -> NamedValue? {
                guard count > 0 else { return nil }
                return NamedValue(
                    name: "\(what)[group \(name), both sides, threshold \(plain(threshold))]",
                    value: Double(errors) / Double(count))
            }
            return Group(
                name: name, falseMatchRate: rate("FMR", counts.falseMatches, counts.impostor),
                falseNonMatchRate: rate("FNMR", counts.falseNonMatches, counts.genuine),
                genuineCount: counts.genuine, impostorCount: counts.impostor)
        }
    }

    private struct Counts {
        var genuine = 0
        var falseNonMatches = 0
        var impostor = 0
        var falseMatches = 0
    }
}
