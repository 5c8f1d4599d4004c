/// All measures of fairness of some people.
public struct MeasureSet: Sendable {
    public let measures: [FairnessMeasure]
    public let gaps: [FairnessGap]
    /// Measures that have no value, and why.
    public let notes: [String]

    /// - Parameter criteria: the definitions asked for.
    /// - Throws: ``AuditError`` if a group of a single attribute lacks the people that a definition needs.
    ///   Intersections that lack them are left out and noted.
    public init(_ people: AuditedPeople, criteria: [FairnessCriterion]) throws(AuditError) {
        var (measures, gaps, notes): ([FairnessMeasure], [FairnessGap], [String]) = ([], [], [])
        for partition in people.partitions {
            for criterion in criteria {
                var rates: [[RateFunctional]] = []
                var groups: [(rate: Rate, groups: [AuditedPeople.Group])] = []
                for rate in criterion.rates {
                    var present: [(group: AuditedPeople.Group, functional: RateFunctional, count: Int)] = []
                    for group in partition.groups {
                        guard let functional = rate.functional(group, counts: people.counts) else {
                            let reason = Self.reason(criterion, rate, group.name, partition.name)
                            guard partition.isIntersection else {
                                throw AuditError(
                                    "\(reason); merge small groups (--smallest-group), hold more rows out, or leave "
                                        + "this measure out")
                            }
                            notes.append(reason + "; the group is left out")
                            continue
                        }
                        let count = rate.cells(group).reduce(0) { $0 + people.counts[$1] }
                        present.append((group, functional, count))
                    }
                    guard present.count > 1 else { continue }
                    rates.append(present.map(\.functional))
                    let total = Double(present.reduce(0) { $0 + $1.count })
                    let all = present.reduce(RateFunctional.zero(people.cellCount)) {
                        $0 + Double($1.count) / total * $1.functional
                    }
                    let everybody = present.map(\.group)
                    groups.append((rate, everybody))
                    for one in present {
                        measures.append(
                            FairnessMeasure(
                                partition: partition.name, criterion: criterion, rate: rate,
                                form: .againstAll(group: one.group.name), functional: one.functional - all,
                                group: one.group, others: everybody))
                    }
                    guard !partition.isIntersection else { continue }
                    for (place, one) in present.enumerated() {
                        for other in present[(place + 1)...] {
                            measures.append(
                                FairnessMeasure(
                                    partition: partition.name, criterion: criterion, rate: rate,
                                    form: .difference(group: one.group.name, from: other.group.name),
                                    functional: one.functional - other.functional, group: one.group,
                                    others: [other.group]))
                        }
                    }
                }
                if rates.count == criterion.rates.count {
                    gaps.append(
                        FairnessGap(partition: partition.name, criterion: criterion, rates: rates, groups: groups))
                }
            }
        }
        self.measures = measures
        self.gaps = gaps
        self.notes = notes
    }

    private static func reason(
        _ criterion: FairnessCriterion, _ rate: Rate, _ group: String, _ partition: String
    ) -> String {
        let people = rate == .truePositive ? "positive people" : rate == .trueNegative ? "negative people" : "people"
        return "the group “\(group)” of \(partition) has no \(people) among those held out, so "
            + "\(criterion.rawValue) has no value for it"
    }
}
