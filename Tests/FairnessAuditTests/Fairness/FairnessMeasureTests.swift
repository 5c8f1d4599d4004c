import Foundation
import Tables
import Testing
import Torch
import Verification

@testable import FairnessAudit

@Suite struct FairnessMeasureTests {
    /// Group a: positives 1 of 2 found, negatives 1 of 2 kept. Group b: positives 3 of 3, negatives 0 of 1.
    private func audit() throws -> NoiseAudit {
        let rows: [(group: Int32, isPositive: Bool, score: Double)] = [
            (0, true, 1), (0, true, -1), (0, false, 1), (0, false, -1), (1, true, 1), (1, true, 2), (1, true, 3),
            (1, false, 1),
        ]
        let heldOut = PreparedTable.HeldOut(
            features: try Tensor(rows.map(\.score), shape: [8, 1]), isPositive: rows.map(\.isPositive),
            attributes: [Attribute(name: "g", groupNames: ["a", "b"], groups: rows.map(\.group))])
        let model = try LinearModel(featureNames: ["x"], coefficients: [1])
        return try NoiseAudit(AuditedPeople(heldOut, model: model), model: model)
    }

    @Test func valuesAreThoseCountedByHand() throws {
        let values = Dictionary(uniqueKeysWithValues: try audit().cleanValues().map { ($0.name, $0.value) })
        func expect(_ name: String, _ value: Double) {
            #expect(abs((values[name] ?? .nan) - value) < 1e-15, "\(name)")
        }
        // Accuracy: a 2/4, b 3/4, all 5/8. Selection: a 2/4, b 4/4, all 6/8.
        expect("accuracy-parity: a − all", 0.5 - 0.625)
        expect("accuracy-parity: b − all", 0.75 - 0.625)
        expect("accuracy-parity: a − b", -0.25)
        // True positives: a 1/2, b 3/3, all 4/5. True negatives: a 1/2, b 0/1, all 1/3.
        expect("equality-of-opportunity: a − all", 0.5 - 0.8)
        expect("equalised-odds (true-positive): b − all", 1 - 0.8)
        expect("equalised-odds (true-negative): a − all", 0.5 - 1 / 3.0)
        expect("demographic-parity: a − all", 0.5 - 0.75)
        expect("demographic-parity: a − b", -0.5)
        expect("accuracy_difference[max−min]", 0.25)
        expect("equal_opportunity_difference[max−min]", 0.5)
        expect("equalized_odds_difference[max−min]", 0.5)
        expect("demographic_parity_difference[max−min]", 0.5)
    }

    @Test func functionalsAgreeWithCounting() throws {
        let audit = try DrawnPeople.audit(200, 3)
        let people = audit.people
        for measure in audit.measures.measures {
            let counted = measure.value(counts: people.counts, correct: people.correctCounts)
            #expect(abs(measure.functional(audit.cleanShares) - (counted ?? .nan)) < 1e-14)
        }
        for gap in audit.measures.gaps {
            let counted = gap.value(counts: people.counts, correct: people.correctCounts)
            #expect(abs(gap(audit.cleanShares) - (counted ?? .nan)) < 1e-14)
        }
    }

    @Test func intervalsHoldTheirValueAndShrink() throws {
        let widths = try [200, 5000].map { count in
            let value = try #require(try DrawnPeople.audit(count, 3).cleanValues().first)
            let interval = try #require(value.interval)
            #expect(interval.contains(value.value))
            return interval.upper - interval.lower
        }
        #expect(widths[1] < widths[0] / 3)
    }

    @Test func poissonNumbersHaveTheirMeanAndVariance() {
        for mean in [0.5, 20, 90, 150, 1e5] {
            var generator = SplitMix64(seed: 2)
            let draws = (0..<20_000).map { _ in Double(CleanIntervals.poisson(mean, &generator)) }
            let found = draws.reduce(0, +) / 20_000
            let variance = draws.reduce(0) { $0 + ($1 - found) * ($1 - found) } / 20_000
            #expect(abs(found - mean) < 5 * (mean / 20_000).squareRoot() + 0.01)
            #expect(abs(variance / mean - 1) < 0.06)
        }
    }

    @Test func aGroupWithoutPositivesIsNamed() throws {
        let heldOut = PreparedTable.HeldOut(
            features: try Tensor([1.0, 2, 3], shape: [3, 1]), isPositive: [true, false, false],
            attributes: [Attribute(name: "g", groupNames: ["a", "b"], groups: [0, 0, 1])])
        let model = try LinearModel(featureNames: ["x"], coefficients: [1])
        let people = try AuditedPeople(heldOut, model: model)
        #expect {
            try NoiseAudit(people, model: model)
        } throws: { "\($0)".contains("“b” of g has no positive people") && "\($0)".contains("merge small groups") }
        // One person is group enough where nothing else is asked.
        #expect(throws: Never.self) { try NoiseAudit(people, model: model, criteria: [.accuracyParity]) }
    }

    @Test func intersectionsAreMadeOfTheFinestGroups() throws {
        let heldOut = PreparedTable.HeldOut(
            features: try Tensor([1.0, -1, 1, -1], shape: [4, 1]), isPositive: [true, false, true, true],
            attributes: [
                Attribute(name: "sex", groupNames: ["f", "m"], groups: [0, 0, 1, 1]),
                Attribute(name: "age", groupNames: ["old", "young"], groups: [0, 1, 0, 1]),
            ])
        let model = try LinearModel(featureNames: ["x"], coefficients: [1])
        let audit = try NoiseAudit(AuditedPeople(heldOut, model: model), model: model, criteria: [.accuracyParity])
        #expect(audit.people.partitions.map(\.name) == ["sex", "age", "sex × age"])
        #expect(audit.people.partitions[2].groups.map(\.name) == ["f, old", "f, young", "m, old", "m, young"])
        let values = Dictionary(
            uniqueKeysWithValues: audit.cleanValues().map { ("\($0.partition) \($0.name)", $0.value) })
        #expect(values["sex × age accuracy-parity: m, young − all"] == -0.75)
        #expect(values["sex accuracy-parity: f − all"] == 0.25)
    }
}
