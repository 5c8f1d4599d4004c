import Foundation
import Testing

@testable import Verification

/// What must not change a number, whatever the number.
struct InvarianceTests {
    static let ranked: [Metric] =
        EqualErrorRate.Convention.allCases.map { .equalErrorRate($0) }
        + FalseAcceptConvention.allCases.map { .trueAcceptRate(atFalseAcceptRate: 0.1, $0) }
        + [.areaUnderCurve, .minimumCost(.onePercent), .minimumCost(.fivePercent), .minimumLogLikelihoodRatioCost]

    @Test(arguments: Samples.mixed)
    func risingMaps(_ scores: Scores) throws {
        let maps: [(Double) -> Double] = [{ exp($0) }, { 3 * $0 - 100 }, { $0 * $0 * $0 + $0 }]
        for map in maps {
            let mapped = try Scores(genuine: scores.genuine.map(map), impostor: scores.impostor.map(map))
            for metric in Self.ranked {
                let value = metric(ErrorRateCurve(mapped))
                #expect(value == metric(ErrorRateCurve(scores)), "\(metric.name)")
            }
        }
    }

    /// Negating scores and swapping labels mirrors the ROC.
    @Test(arguments: Samples.mixed)
    func polarityTogetherWithLabels(_ scores: Scores) throws {
        let curve = ErrorRateCurve(scores)
        let mirrored = ErrorRateCurve(
            try Scores(genuine: scores.impostor.map { -$0 }, impostor: scores.genuine.map { -$0 }))
        let metrics: [Metric] = [
            .areaUnderCurve, .equalErrorRate(.interpolated), .dPrime, .logLikelihoodRatioCost,
            .minimumLogLikelihoodRatioCost,
        ]
        for metric in metrics { #expect(metric(mirrored).isNear(metric(curve), within: 1e-12), "\(metric.name)") }
        let cost = try DetectionCost(targetPrior: 0.1, missCost: 3, falseAcceptCost: 2)
        let swapped = try DetectionCost(targetPrior: 0.9, missCost: 2, falseAcceptCost: 3)
        #expect(mirrored.minimumCost(swapped).cost.isNear(curve.minimumCost(cost).cost))
    }

    /// Every trial twice is the same experiment to every measure that looks at rates alone.
    @Test(arguments: Samples.mixed)
    func duplicatedTrials(_ scores: Scores) throws {
        let doubled = ErrorRateCurve(
            try Scores(genuine: scores.genuine + scores.genuine, impostor: scores.impostor + scores.impostor))
        let curve = ErrorRateCurve(scores)
        let metrics: [Metric] = [
            .areaUnderCurve, .equalErrorRate(.interpolated), .equalErrorRate(.meanAtClosest), .dPrime,
            .minimumCost(.onePercent), .logLikelihoodRatioCost, .minimumLogLikelihoodRatioCost,
            .trueAcceptRate(atFalseAcceptRate: 0.1, .atMost),
        ]
        for metric in metrics { #expect(metric(doubled).isNear(metric(curve), within: 1e-12), "\(metric.name)") }
    }

    @Test func allScoresEqual() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [2, 2, 2], impostor: [2, 2]))
        #expect(Metric.areaUnderCurve(curve) == 0.5)
        #expect(Metric.equalErrorRate(.interpolated)(curve) == 0.5)
        #expect(Metric.equalErrorRate(.meanAtClosest)(curve) == 0.5)
        #expect(Metric.minimumCost(.onePercent)(curve) == 1)
        #expect(Metric.trueAcceptRate(atFalseAcceptRate: 0.5, .atMost)(curve) == 0)
        #expect(Metric.dPrime(curve) == 0)
        #expect(Metric.minimumLogLikelihoodRatioCost(curve).isNear(1))
    }
}
