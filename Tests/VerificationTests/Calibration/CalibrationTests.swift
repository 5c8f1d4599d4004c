import Foundation
import Testing

@testable import Verification

struct CalibrationTests {
    /// Two values, four cells: the fit is saturated, so ℓ is the exact log-likelihood ratio of each value.
    @Test func affineFitOfTwoValuesIsExact() throws {
        let scores = try Scores(genuine: [0, 1, 1, 1], impostor: [0, 0, 0, 0, 1])
        for prior in [0.5, 0.01, 0.9] {
            let calibration = try AffineCalibration(fitting: scores, targetPrior: prior)
            #expect(calibration(0).isNear(log((1.0 / 4) / (4.0 / 5)), within: 1e-9))
            #expect(calibration(1).isNear(log((3.0 / 4) / (1.0 / 5)), within: 1e-9))
        }
    }

    @Test(arguments: Samples.mixed)
    func affineFitIsAMinimumOfCllr(_ scores: Scores) throws {
        let calibration = try AffineCalibration(fitting: scores)
        func cost(_ slope: Double, _ offset: Double) throws -> Double {
            ErrorRateCurve(
                try Scores(
                    genuine: scores.genuine.map { slope * $0 + offset },
                    impostor: scores.impostor.map { slope * $0 + offset })
            ).logLikelihoodRatioCost()
        }
        let least = try cost(calibration.slope, calibration.offset)
        for (slope, offset) in [(0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01)] {
            #expect(try cost(calibration.slope + slope, calibration.offset + offset) > least)
        }
        #expect(least >= ErrorRateCurve(scores).minimumLogLikelihoodRatioCost() - 1e-12)
        #expect(least <= 1)
    }

    /// A change of unit changes the line, not the ratios.
    @Test func affineFitDoesNotDependOnTheScale() throws {
        let scores = Samples.distinct(seed: 3)
        let first = try AffineCalibration(fitting: scores, targetPrior: 0.1)
        let moved = try AffineCalibration(
            fitting: Scores(
                genuine: scores.genuine.map { 1e6 * $0 + 5e7 }, impostor: scores.impostor.map { 1e6 * $0 + 5e7 }),
            targetPrior: 0.1)
        #expect(first(0.3).isNear(moved(1e6 * 0.3 + 5e7), within: 1e-6))
    }

    @Test func scoresWithoutAFiniteFit() throws {
        #expect(throws: VerificationError.separableScores) {
            try AffineCalibration(fitting: Scores(genuine: [2, 3], impostor: [1, 2]))
        }
        #expect(throws: VerificationError.separableScores) {
            try AffineCalibration(fitting: Scores(genuine: [1], impostor: [2]))
        }
        #expect(throws: VerificationError.self) {
            try AffineCalibration(fitting: Samples.tied(seed: 1), targetPrior: 0)
        }
        let constant = try AffineCalibration(fitting: Scores(genuine: [7, 7], impostor: [7]))
        #expect(constant(7) == 0)
    }

    @Test func isotonicFitByHand() throws {
        // With one of each imagined at both ends: blocks {−∞, 0} 1:2, {1, 2} 1:1, {3, ∞} 2:1 of 4 and 4.
        let calibration = IsotonicCalibration(fitting: try Scores(genuine: [1, 3], impostor: [0, 2]))
        #expect(calibration(0).isNear(-log(2)))
        #expect(calibration(1) == 0)
        #expect(calibration(2) == 0)
        #expect(calibration(3).isNear(log(2)))
        #expect(calibration(0.5).isNear(-log(2) / 2))
        #expect(calibration(-9) == calibration(0))
        #expect(calibration(9) == calibration(3))
    }

    @Test(arguments: Samples.mixed)
    func isotonicFitNeverFallsAndIsFinite(_ scores: Scores) {
        let calibration = IsotonicCalibration(fitting: scores)
        let values = stride(from: -3.0, through: 3, by: 0.01).map { calibration($0) }
        #expect(values.allSatisfy { $0.isFinite })
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
    }

    @Test func cohortNormalisation() throws {
        let all = try CohortMoments(cohortScores: [1, 2, 3, 4])
        #expect(all.mean == 2.5)
        #expect(all.standardDeviation.isNear(1.25.squareRoot()))
        let top = try CohortMoments(cohortScores: [4, 1, 3, 2], top: 2)
        #expect(top.mean == 3.5)
        #expect(top.standardDeviation == 0.5)
        #expect(symmetricallyNormalized(4, enrolled: top, test: top) == 1)
        #expect(symmetricallyNormalized(3, enrolled: top, test: all).isNear((-1 + 0.5 / 1.25.squareRoot()) / 2))
        #expect(throws: VerificationError.empty(what: "cohort scores")) { try CohortMoments(cohortScores: []) }
        #expect(throws: VerificationError.constantCohort(score: 3)) {
            try CohortMoments(cohortScores: [3, 3, 1], top: 2)
        }
    }
}
