import Testing

@testable import Verification

struct DetectionCostTests {
    @Test func handComputed() throws {
        // FRR, FAR by threshold: (0, 1), (0, ½), (⅓, ½), (⅓, 0), (⅔, 0), (1, 0).
        let curve = ErrorRateCurve(try Scores(genuine: [1, 3, 4], impostor: [0, 2]))
        let even = try DetectionCost(targetPrior: 0.5)
        #expect(curve.minimumCost(even).cost.isNear(1.0 / 3))
        #expect(curve.minimumCost(even).threshold == 3)
        // C_miss P = .09, C_fa (1 − P) = .1: costs .1, .05, .08, .03; divided by .09.
        let uneven = try DetectionCost(targetPrior: 0.9, missCost: 0.1, falseAcceptCost: 1)
        #expect(curve.minimumCost(uneven).cost.isNear(0.03 / 0.09))
        let plain = try DetectionCost(targetPrior: 0.9, missCost: 0.1, falseAcceptCost: 1, isNormalized: false)
        #expect(curve.minimumCost(plain).cost.isNear(0.03))
    }

    @Test(arguments: Samples.mixed)
    func minimumOverAllThresholds(_ scores: Scores) throws {
        for prior in [0.01, 0.05, 0.5, 0.99] {
            let cost = try DetectionCost(targetPrior: prior, missCost: 1, falseAcceptCost: 2)
            let weights = (prior, 2 * (1 - prior))
            let naive = NaiveMetrics(scores).points.map {
                (weights.0 * $0.falseRejectRate + weights.1 * $0.falseAcceptRate) / min(weights.0, weights.1)
            }
            let found = ErrorRateCurve(scores).minimumCost(cost)
            #expect(found.cost.isNear(naive.min() ?? .nan))
            #expect(found.cost <= 1)
        }
    }

    @Test func actualCostIsThatOfTheBayesThreshold() throws {
        let cost = try DetectionCost(targetPrior: 0.2, missCost: 2, falseAcceptCost: 1)
        // ln(.8/.4) = .693: accepts .7, rejects .69.
        let curve = ErrorRateCurve(try Scores(genuine: [0.69, 0.7, 5], impostor: [-3, 0.69, 0.7, 1]))
        #expect(cost.bayesThreshold.isNear(0.6931471805599453))
        #expect(curve.actualCost(cost).isNear((0.4 / 3 + 0.8 / 2) / 0.4))
        #expect(curve.actualCost(cost) >= curve.minimumCost(cost).cost)
    }

    @Test func namesHoldPriorCostsAndNormalisation() throws {
        #expect(Metric.minimumCost(.onePercent).name == "minDCF[P_target=1e-2, C_miss=1, C_fa=1, normalised]")
        let raw = try DetectionCost(targetPrior: 0.05, falseAcceptCost: 2.5, isNormalized: false)
        #expect(
            Metric.actualCost(raw).name
                == "actDCF[P_target=5e-2, C_miss=1, C_fa=2.5, not normalised, Bayes threshold on LLRs]")
    }

    @Test func meaninglessApplicationsAreRefused() {
        for (prior, cost) in [(0, 1), (1, 1), (Double.nan, 1), (0.5, 0), (0.5, -1), (0.5, .infinity)] {
            #expect(throws: VerificationError.self) { try DetectionCost(targetPrior: prior, missCost: cost) }
        }
    }
}
