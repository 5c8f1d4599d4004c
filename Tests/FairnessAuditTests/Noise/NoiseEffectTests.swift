import Foundation
import Testing
import Torch
import Verification

@testable import FairnessAudit

@Suite struct NoiseEffectTests {
    /// Everything recomputed naively: scores of drawn weights, decisions one by one, rates by their definitions.
    private func naive(
        _ audit: NoiseAudit, scale: Double, count: Int
    ) throws -> (accuracy: [[Double]], selection: [[Double]], flips: [[Double]]) {
        let people = audit.people
        let features: [Double] = try people.features.elements()
        var generator = SplitMix64(seed: 99)
        var accuracy: [[Double]] = []
        var selection: [[Double]] = []
        var flips: [[Double]] = []
        for _ in 0..<count {
            let noise = NormalDraws.draw(people.dimension, using: &generator)
            let weights = zip(audit.model.coefficients, noise).map { $0 + scale * $1 }
            var sums = Array(repeating: [0.0, 0, 0, 0], count: 2)
            for segment in people.segments {
                let (group, isPositive) = (segment.cell / 2, segment.cell % 2 == 1)
                for person in segment.range {
                    var score = 0.0
                    for place in weights.indices { score += weights[place] * features[person * weights.count + place] }
                    let decision = score >= 0
                    sums[group][0] += 1
                    sums[group][1] += decision == isPositive ? 1 : 0
                    sums[group][2] += decision ? 1 : 0
                    sums[group][3] += decision != segment.decision ? 1 : 0
                }
            }
            accuracy.append(sums.map { $0[1] / $0[0] })
            selection.append(sums.map { $0[2] / $0[0] })
            flips.append(sums.map { $0[3] / $0[0] })
        }
        return (accuracy, selection, flips)
    }

    private func moments(_ values: [Double]) -> (mean: Double, variance: Double, error: Double) {
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
        return (mean, variance, (variance / Double(values.count)).squareRoot())
    }

    @Test func closedFormsAreThoseOfNaiveSimulation() throws {
        let audit = try DrawnPeople.audit(120, 4)
        let effect = try audit.effects(of: [DrawnPeople.level(0.8)])[0]
        let simulated = try naive(audit, scale: 0.8, count: 4000)
        for (place, criterion) in [
            (simulated.accuracy, "accuracy-parity"), (simulated.selection, "demographic-parity"),
        ] {
            let measure = try #require(effect.measures.first { $0.name == "\(criterion): g0 − g1" })
            let found = moments(place.map { $0[0] - $0[1] })
            #expect(abs(measure.clean + (measure.expectedChange ?? .nan) - found.mean) < 5 * found.error)
            let variance = try #require(measure.variance)
            #expect(variance.isExact)
            #expect(abs(variance.value / found.variance - 1) < 0.12)
            #expect(abs(measure.change.mean - (found.mean - measure.clean)) < 7 * found.error)
        }
        for group in 0..<2 {
            let found = moments(simulated.flips.map { $0[group] })
            #expect(abs((effect.groups[group].expectedFlips ?? .nan) - found.mean) < 5 * found.error)
            #expect(abs(effect.groups[group].flips.mean - found.mean) < 7 * found.error)
        }
    }

    @Test(arguments: [0.05, 0.3, 1, 5])
    func boundsHoldAndAreOrdered(scale: Double) throws {
        let effect = try DrawnPeople.audit(300, 5).effects(of: [DrawnPeople.level(scale)])[0]
        for measure in effect.measures {
            #expect(measure.exceeded.isEmpty, "\(measure.name)")
            let (expected, bound) = (measure.expectedChange ?? .nan, measure.expectedChangeBound ?? .nan)
            #expect(abs(expected) <= bound + 1e-12)
            #expect(bound <= (measure.exponentialBound ?? .nan) + 1e-12)
            #expect((measure.split ?? .nan) <= (measure.markov ?? .nan) + 1e-12 || measure.markov ?? 0 >= 1)
            #expect(measure.changeQuantile <= (measure.certified ?? .nan) + 1e-6)
        }
        for gap in effect.gaps { #expect(gap.changeQuantile <= (gap.unionBound ?? .nan) + 1e-6) }
    }

    @Test func variancesFromDrawnPairsAgreeWithAllPairs() throws {
        let audit = try DrawnPeople.audit(400, 4)
        let pairs = CellCovariances(PairCovariance(audit.people, scale: 0.5))
        for measure in audit.measures.measures {
            let exact = try RateVariance(pairs, functional: measure.functional)
            let drawn = try RateVariance(pairs, functional: measure.functional, greatestExactCount: 0)
            #expect(exact.isExact && !drawn.isExact)
            #expect(abs(drawn.value - exact.value) < 5 * (drawn.standardError ?? 0))
        }
    }

    @Test func noNoiseChangesNothing() throws {
        let effect = try DrawnPeople.audit(100, 3).effects(of: [DrawnPeople.level(1e-12)])[0]
        for measure in effect.measures {
            #expect(abs(measure.expectedChange ?? .nan) < 1e-12 && (measure.variance?.value ?? .nan) < 1e-12)
            #expect(measure.change.mean == 0 && (measure.certified ?? .nan) < 1e-9)
        }
    }

    @Test func endlessNoiseTossesACoin() throws {
        let audit = try DrawnPeople.audit(100, 3)
        let effect = try audit.effects(of: [DrawnPeople.level(1e9)])[0]
        // All but the row of zeros, who stays: 50 people in its group.
        let flips = effect.groups.map { $0.expectedFlips ?? .nan }
        #expect(abs(flips[0] - 0.5 * 49 / 50) < 1e-6)
        #expect(abs(flips[1] - 0.5) < 1e-6)
    }

    @Test func aRowOfZerosKeepsItsDecision() throws {
        let heldOut = PreparedTable.HeldOut(
            features: try Tensor([0.0, 0, 1, 0, 0, 0, 1, 1], shape: [4, 2]), isPositive: [true, true, false, false],
            attributes: [Attribute(name: "g", groupNames: ["a", "b"], groups: [0, 1, 0, 1])])
        let model = try LinearModel(featureNames: ["x", "y"], coefficients: [1, 0.5])
        let audit = try NoiseAudit(AuditedPeople(heldOut, model: model), model: model)
        // At score 0 the decision is positive: right for the first person, wrong for the third.
        #expect(audit.cleanShares == [0, 1, 0, 1])
        let effect = try audit.effects(of: [DrawnPeople.level(10)])[0]
        let name = "equalised-odds (true-positive): a − b"
        let odds = try #require(effect.measures.first { $0.name == name })
        // Group a's only positive person is the row of zeros; group b's flips with Φ(−α/σ), α = 1.
        #expect(abs((odds.expectedChange ?? .nan) - StandardNormal.cumulative(-0.1)) < 1e-12)
    }

    @Test func zeroMarginsHaveTheVarianceOfACoin() throws {
        // Two people of opposite directions and margin 0 but for the tie: one is right whenever the other is wrong.
        let heldOut = PreparedTable.HeldOut(
            features: try Tensor([0.0, 1, 0, -1, 1, 0], shape: [3, 2]), isPositive: [true, true, true],
            attributes: [Attribute(name: "g", groupNames: ["a", "b"], groups: [0, 0, 1])])
        let model = try LinearModel(featureNames: ["x", "y"], coefficients: [1, 0])
        let audit = try NoiseAudit(
            AuditedPeople(heldOut, model: model), model: model, criteria: [.equalityOfOpportunity])
        let rate = try #require(
            Rate.truePositive.functional(audit.people.partitions[0].groups[0], counts: audit.people.counts))
        #expect(
            try abs(RateVariance(CellCovariances(PairCovariance(audit.people, scale: 1)), functional: rate).value)
                < 1e-15)
    }

    @Test func moreDrawsDoNotChangeTheFirst() throws {
        let audit = try DrawnPeople.audit(1500, 3)
        let few = try NoiseDraws(
            audit.people, model: audit.model, mechanism: .analytic, scales: [0.5], drawCount: 300, seed: 4)
        let many = try NoiseDraws(
            audit.people, model: audit.model, mechanism: .analytic, scales: [2, 0.5], drawCount: 1300, seed: 4)
        for draw in [0, 150, 299] {
            #expect(few.shares(size: 0, draw: draw).correct == many.shares(size: 1, draw: draw).correct)
            #expect(few.norm(size: 0, draw: draw) == many.norm(size: 1, draw: draw))
        }
    }

    @Test func laplaceNoiseHasDrawsAlone() throws {
        let effect = try DrawnPeople.audit(100, 3).effects(of: [DrawnPeople.level(0.1, .laplace)])[0]
        #expect(effect.measures.allSatisfy { $0.expectedChange == nil && $0.certified == nil })
        #expect(effect.measures.contains { $0.change.standardDeviation > 0 })
        #expect(effect.individual.change.mean > 0)
    }

    @Test func normDriftGrowsWithTheRootOfTheDimension() throws {
        for width in [10, 100] {
            let effect = try DrawnPeople.audit(50, width).effects(of: [DrawnPeople.level(10)])[0]
            let radius = try #require(effect.individual.radius)
            #expect(effect.individual.change.band.upper < radius)
            #expect(radius < 2.6 * effect.individual.change.band.upper)
        }
    }

    @Test func toleranceIsKeptWhereItIsSaidToBe() throws {
        let audit = try DrawnPeople.audit(400, 3, drawCount: 1000)
        let tolerance = try audit.tolerance(0.05, delta: 1e-5, sensitivity: 0.05)
        let (observed, certified) = try (#require(tolerance.observed), #require(tolerance.certified))
        #expect(observed < certified)
        for (epsilon, isKept) in [(observed * 1.05, true), (observed / 2, false)] {
            let sigma = try GaussianMechanism.analytic(.init(epsilon: epsilon, delta: 1e-5), sensitivity: 0.05)
            let draws = try NoiseDraws(
                audit.people, model: audit.model, mechanism: .analytic, scales: [sigma], drawCount: 1000, seed: 77)
            let kept = (0..<1000).count { draw in
                audit.measures.measures.allSatisfy { measure in
                    guard case .againstAll = measure.form else { return true }
                    let change =
                        measure.functional(draws.shares(size: 0, draw: draw).correct)
                        - measure.functional(audit.cleanShares)
                    return abs(change) <= 0.05
                }
            }
            #expect((Double(kept) / 1000 > 0.94) == isKept)
        }
    }
}
