import Foundation
import Testing
import Torch
import Verification

@testable import FairnessAudit

@Suite struct LinearFitTests {
    static func drawn(_ count: Int, _ width: Int, seed: UInt64) throws -> TrainingRows {
        var generator = SplitMix64(seed: seed)
        let rows = (0..<count).map { _ in NormalDraws.draw(width, using: &generator).map { $0 / 3 } }
        let noise = NormalDraws.draw(count, using: &generator)
        return try TrainingRows(
            features: rows, isPositive: zip(rows, noise).map { $0[0] - 0.5 * $0[1] + 0.3 * $1 > 0.05 })
    }

    @Test(arguments: LinearLoss.allCases)
    func gradientAndHessianAreFiniteDifferences(loss: LinearLoss) throws {
        let rows = try Self.drawn(50, 4, seed: 1)
        let objective = LinearObjective(rows: rows, loss: loss, regularization: 0.1)
        let point = [0.7, -0.3, 1.1, 0.2]
        let at = try objective.expansion(at: point)
        let hessian = try at.hessian.reals()
        for place in 0..<4 {
            var (above, below) = (point, point)
            above[place] += 1e-5
            below[place] -= 1e-5
            let (high, low) = try (objective.expansion(at: above), objective.expansion(at: below))
            #expect(abs((high.value - low.value) / 2e-5 - at.gradient[place]) < 1e-8)
            for other in 0..<4 {
                let slope = (high.gradient[other] - low.gradient[other]) / 2e-5
                #expect(abs(slope - hessian[place * 4 + other]) < 1e-6)
            }
        }
    }

    @Test(arguments: LinearLoss.allCases, [1e-4, 1e-2, 1])
    func noNeighbourOfTheFitIsLower(loss: LinearLoss, regularization: Double) throws {
        let rows = try Self.drawn(400, 3, seed: 2)
        let fit = try LinearFit(rows, loss: loss, regularization: regularization)
        #expect(fit.gradientNorm <= LinearFit.usualTolerance)
        let objective = LinearObjective(rows: rows, loss: loss, regularization: regularization)
        let best = try objective.expansion(at: fit.coefficients).value
        for place in 0..<3 {
            for step in [-1e-3, 1e-3] {
                var other = fit.coefficients
                other[place] += step
                #expect(try objective.expansion(at: other).value > best)
            }
        }
    }

    @Test func oneFeatureHasTheRootOfItsEquation() throws {
        // Two equal records (x, y) = (1, +1) and one (1, −1): μθ = (2 σ(−θ) − σ(θ)) / 3
        let rows = try TrainingRows(features: [[1], [1], [1]], isPositive: [true, true, false])
        let theta = try LinearFit(rows, loss: .logistic, regularization: 0.2).coefficients[0]
        let up = 1 / (1 + exp(theta))
        #expect(abs(0.2 * theta - (2 * up - (1 - up)) / 3) < 1e-12)
    }

    @Test func oneClassIsRefused() {
        #expect(throws: AuditError.self) { try TrainingRows(features: [[1], [2]], isPositive: [true, true]) }
    }
}
