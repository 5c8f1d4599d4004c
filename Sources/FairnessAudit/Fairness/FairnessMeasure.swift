/// A definition of group fairness.
public enum FairnessCriterion: String, CaseIterable, Sendable, Codable {
    case accuracyParity = "accuracy-parity"
    case equalityOfOpportunity = "equality-of-opportunity"
    case equalisedOdds = "equalised-odds"
    case demographicParity = "demographic-parity"

    /// The rates that it wants equal.
    var rates: [Rate] {
        switch self {
        case .accuracyParity: [.accuracy]
        case .equalityOfOpportunity: [.truePositive]
        case .equalisedOdds: [.truePositive, .trueNegative]
        case .demographicParity: [.selection]
        }
    }
}

/// A signed measure, linear in the shares of correct decisions, so that its expectation under noise is a closed form.
public struct FairnessMeasure: Sendable {
    public enum Form: Hashable, Sendable {
        /// The group's rate less that of all: F_s = r_s − Σ P(s′) r_s′, with s′ weighed among those who are counted.
        case againstAll(group: String)
        /// r_s − r_s′
        case difference(group: String, from: String)
    }

    public let partition: String
    public let criterion: FairnessCriterion
    public let rate: Rate
    public let form: Form
    let functional: RateFunctional
    let group: AuditedPeople.Group
    /// All groups, or the one that is subtracted.
    let others: [AuditedPeople.Group]

    public var name: String {
        let groups =
            switch form {
            case .againstAll(let group): "\(group) − all"
            case .difference(let group, let other): "\(group) − \(other)"
            }
        let of = criterion == .equalisedOdds ? " (\(rate.rawValue))" : ""
        return "\(criterion.rawValue)\(of): \(groups)"
    }

    /// The measure on other numbers of people, groups' shares included; nil where it has no value.
    func value(counts: [Int], correct: [Int]) -> Double? {
        let own = rate.frequency(group, counts: counts, correct: correct)
        var sum = (people: 0, events: 0)
        for other in others {
            let part = rate.frequency(other, counts: counts, correct: correct)
            sum = (sum.people + part.people, sum.events + part.events)
        }
        guard own.people > 0, sum.people > 0 else { return nil }
        return Double(own.events) / Double(own.people) - Double(sum.events) / Double(sum.people)
    }
}

/// The largest difference between groups, max − min; fairlearn's convention. Not linear, so that it has no closed form.
public struct FairnessGap: Sendable {
    public let partition: String
    public let criterion: FairnessCriterion
    /// Per rate, the functional of every group; the gap is the largest over the rates.
    let rates: [[RateFunctional]]
    /// The groups that are compared in every rate.
    let groups: [(rate: Rate, groups: [AuditedPeople.Group])]

    /// As fairlearn names it.
    public var name: String {
        switch criterion {
        case .accuracyParity: "accuracy_difference[max−min]"
        case .equalityOfOpportunity: "equal_opportunity_difference[max−min]"
        case .equalisedOdds: "equalized_odds_difference[max−min]"
        case .demographicParity: "demographic_parity_difference[max−min]"
        }
    }

    public func callAsFunction(_ shares: [Double]) -> Double {
        rates.map { functionals in
            let values = functionals.map { $0(shares) }
            return (values.max() ?? 0) - (values.min() ?? 0)
        }.max() ?? 0
    }

    /// The gap on other numbers of people; nil where a group has nobody who is counted.
    func value(counts: [Int], correct: [Int]) -> Double? {
        var gap = 0.0
        for (rate, groups) in groups {
            let values = groups.compactMap { group -> Double? in
                let (people, events) = rate.frequency(group, counts: counts, correct: correct)
                return people > 0 ? Double(events) / Double(people) : nil
            }
            guard values.count == groups.count, let low = values.min(), let high = values.max() else { return nil }
            gap = max(gap, high - low)
        }
        return gap
    }
}
