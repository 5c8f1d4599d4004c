import Foundation
import Verification

/// What private noise does to a linear model's fairness on some people.
///
/// ```swift
/// let people = try AuditedPeople(table.heldOut, model: model)
/// let audit = try NoiseAudit(people, model: model)
/// let effects = try audit.effects(of: levels)
/// effects[0].measures[0].expectedChange
/// ```
public struct NoiseAudit: Sendable {
    public let people: AuditedPeople
    public let model: LinearModel
    public let measures: MeasureSet
    /// ζ: every bound holds with probability 1 − ζ.
    public let failure: Double
    public let drawCount: Int
    public let seed: UInt64

    /// - Throws: ``AuditError`` where a measure has no value.
    public init(
        _ people: AuditedPeople, model: LinearModel, criteria: [FairnessCriterion] = FairnessCriterion.allCases,
        failure: Double = 0.05, drawCount: Int = 1000, seed: UInt64 = 1
    ) throws(AuditError) {
        try Self.check(failure: failure, drawCount: drawCount)
        self.people = people
        self.model = model
        self.failure = failure
        self.drawCount = drawCount
        self.seed = seed
        measures = try MeasureSet(people, criteria: criteria)
    }

    /// Refuses parameters that an audit cannot have, so that this can show before there are people.
    public static func check(failure: Double, drawCount: Int) throws(AuditError) {
        guard failure > 0, failure < 1 else {
            throw AuditError("the bounds' failure probability is \(failure); it must lie between 0 and 1, such as 0.05")
        }
        guard drawCount >= 100 else {
            throw AuditError("\(drawCount) draws are too few for a band; take at least 100, better 1000")
        }
    }

    /// Shares of correct decisions per cell without noise.
    var cleanShares: [Double] {
        zip(people.counts, people.correctCounts).map { $0 > 0 ? Double($1) / Double($0) : 0 }
    }

    /// The effects of noise of several sizes, from one product of people and draws.
    ///
    /// - Precondition: all levels have the same mechanism's law, normal or Laplace.
    public func effects(of levels: [NoiseLevel]) throws -> [NoiseEffect] {
        guard let first = levels.first else { return [] }
        precondition(
            levels.allSatisfy { $0.mechanism.isGaussian == first.mechanism.isGaussian }, "noise of one law")
        let draws = try NoiseDraws(
            people, model: model, mechanism: first.mechanism, scales: levels.map(\.scale), drawCount: drawCount,
            seed: seed)
        return try levels.indices.map { size in
            try LevelAudit(self, level: levels[size], draws: draws, size: size).effect()
        }
    }

    /// The angular margins of every group.
    public var margins: [GroupMargins] {
        people.partitions.flatMap { partition in
            partition.groups.map { GroupMargins(people, partition: partition.name, group: $0) }
        }
    }

    /// The measures without noise, with 95 % intervals over people.
    public func cleanValues() -> [CleanValue] {
        let shares = cleanShares
        let quantities: [([Int], [Int]) -> Double?] =
            measures.measures.map { measure in { measure.value(counts: $0, correct: $1) } }
            + measures.gaps.map { gap in { gap.value(counts: $0, correct: $1) } }
        let intervals = CleanIntervals(people: people).intervals(quantities)
        let signed = measures.measures.enumerated().map { place, measure in
            CleanValue(
                partition: measure.partition, criterion: measure.criterion, name: measure.name,
                value: measure.functional(shares), interval: intervals[place])
        }
        return signed
            + measures.gaps.enumerated().map { place, gap in
                CleanValue(
                    partition: gap.partition, criterion: gap.criterion, name: gap.name, value: gap(shares),
                    interval: intervals[measures.measures.count + place])
            }
    }

    /// Rates of every group without noise, with 95 % intervals over people.
    public func cleanRates() -> [CleanRate] {
        var rates: [(String, AuditedPeople.Group, Rate)] = []
        for partition in people.partitions {
            for group in partition.groups { for rate in Rate.allCases { rates.append((partition.name, group, rate)) } }
        }
        func value(_ group: AuditedPeople.Group, _ rate: Rate, _ counts: [Int], _ correct: [Int]) -> Double? {
            let (people, events) = rate.frequency(group, counts: counts, correct: correct)
            return people > 0 ? Double(events) / Double(people) : nil
        }
        let intervals = CleanIntervals(people: people).intervals(
            rates.map { _, group, rate in { value(group, rate, $0, $1) } })
        return rates.enumerated().map { place, item in
            CleanRate(
                partition: item.0, group: item.1.name, rate: item.2,
                people: item.2.frequency(item.1, counts: people.counts, correct: people.correctCounts).people,
                value: value(item.1, item.2, people.counts, people.correctCounts), interval: intervals[place])
        }
    }
}

/// A measure without noise.
public struct CleanValue: Sendable, Codable {
    public let partition: String
    public let criterion: FairnessCriterion
    public let name: String
    public let value: Double
    /// nil where most bootstrap draws had no value.
    public let interval: Interval?
}

/// A group's rate without noise.
public struct CleanRate: Sendable, Codable {
    public let partition: String
    public let group: String
    public let rate: Rate
    /// Among how many it was counted.
    public let people: Int
    /// nil where nobody was.
    public let value: Double?
    public let interval: Interval?
}
