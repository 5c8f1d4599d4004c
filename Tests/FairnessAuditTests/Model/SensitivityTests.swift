import Foundation
import Testing
import Verification

@testable import FairnessAudit

@Suite struct SensitivityTests {
    /// n − 1 records R·e₁, and R·e₂ or −R·e₂ as the last: with both in the smoothed hinge's linear zone
    /// θ₂ = ± R/(nμ), which are 2R/(nμ) apart.
    static func extremePair(count: Int, clip: Double) throws -> (TrainingRows, TrainingRows) {
        let most = Array(repeating: [clip, 0], count: count - 1)
        // One of the many is negative, so that both classes are there; it does not touch θ₂.
        let labels = [false] + Array(repeating: true, count: count - 1)
        return (
            try TrainingRows(features: most + [[0, clip]], isPositive: labels),
            try TrainingRows(features: most + [[0, -clip]], isPositive: labels)
        )
    }

    @Test func smoothedHingeReachesTheSensitivity() throws {
        let (count, regularization, clip) = (60, 0.1, 1.0)
        let (first, second) = try Self.extremePair(count: count, clip: clip)
        let fits = try [first, second].map {
            try LinearFit($0, loss: .smoothedHinge, regularization: regularization).coefficients
        }
        let bound = try Sensitivity(rowCount: count, regularization: regularization, clippingNorm: clip)
        let distance = hypot(fits[0][0] - fits[1][0], fits[0][1] - fits[1][1])
        #expect(abs(distance / bound.value - 1) < 1e-8)
    }

    @Test(arguments: LinearLoss.allCases)
    func noNeighboursAreFurtherApart(loss: LinearLoss) throws {
        let (count, regularization, clip, constant) = (25, 0.05, 1.5, 0.5)
        let bound = try Sensitivity(
            rowCount: count, regularization: regularization, clippingNorm: clip, constantFeature: constant)
        var generator = SplitMix64(seed: 7)
        var widest = 0.0
        for _ in 0..<30 {
            func record() -> [Double] {
                let x = NormalDraws.draw(2, using: &generator)
                let scale = clip / hypot(x[0], x[1])
                return [x[0] * scale, x[1] * scale, constant]
            }
            let rows = (0..<count).map { _ in record() }
            var labels = (0..<count).map { $0.isMultiple(of: 2) }
            let first = try LinearFit(
                TrainingRows(features: rows, isPositive: labels), loss: loss, regularization: regularization)
            // The worst replacement: the same record with the other label.
            labels[0].toggle()
            let second = try LinearFit(
                TrainingRows(features: rows, isPositive: labels), loss: loss, regularization: regularization)
            let distance = zip(first.coefficients, second.coefficients)
                .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
            widest = max(widest, distance)
        }
        #expect(widest <= bound.value)
        // Not so loose that the test says nothing.
        #expect(widest > bound.value / 10)
    }

    @Test func constantFeatureAndGradientCount() throws {
        let value = try Sensitivity(
            rowCount: 100, regularization: 0.1, clippingNorm: 3, constantFeature: 4, gradientNorm: 1e-3
        ).value
        #expect(abs(value - (2 * 5 / 10.0 + 2e-3 / 0.1)) < 1e-15)
    }

    @Test func numbersOutsideTheirDomainAreRefused() {
        #expect(throws: AuditError.self) { try Sensitivity(rowCount: 0, regularization: 1, clippingNorm: 1) }
        #expect(throws: AuditError.self) { try Sensitivity(rowCount: 9, regularization: 0, clippingNorm: 1) }
        #expect(throws: AuditError.self) { try Sensitivity(rowCount: 9, regularization: 1, clippingNorm: -1) }
    }

    /// The released weights of the extreme pair: the event θ′₂ ≥ t must not be likelier by more than e^ε and δ. With
    /// noise of half the size it is, and this test would say so.
    @Test func releasedWeightsKeepTheirEpsilonAndDelta() throws {
        let (count, regularization) = (60, 0.1)
        let (first, second) = try Self.extremePair(count: count, clip: 1)
        let privacy = try PrivacyParameters(epsilon: 1, delta: 0.01)
        let sensitivity = try Sensitivity(rowCount: count, regularization: regularization, clippingNorm: 1)
        let sigma = try NoiseMechanism.analytic.scale(privacy, sensitivity: sensitivity.value)
        let weights = try [first, second].map {
            try LinearFit($0, loss: .smoothedHinge, regularization: regularization).coefficients[1]
        }
        #expect(Self.violation(weights, sigma: sigma, privacy: privacy) < 0)
        #expect(Self.violation(weights, sigma: sigma / 2, privacy: privacy) > 0)
    }

    /// The largest P(θ′₂ ≥ t) − e^ε P′(θ′₂ ≥ t) − δ over a grid of t, less four of its standard errors.
    static func violation(_ weights: [Double], sigma: Double, privacy: PrivacyParameters) -> Double {
        var generator = SplitMix64(seed: 11)
        let drawCount = 100_000
        let draws = weights.map { weight in
            NormalDraws.draw(drawCount, using: &generator).map { weight + sigma * $0 }
        }
        let (near, far) = weights[0] > weights[1] ? (draws[0], draws[1]) : (draws[1], draws[0])
        let centre = (weights[0] + weights[1]) / 2
        return stride(from: -3.0, through: 3, by: 0.25).map { offset in
            let threshold = centre + offset * sigma
            let p = Double(near.count { $0 >= threshold }) / Double(drawCount)
            let q = Double(far.count { $0 >= threshold }) / Double(drawCount)
            let growth = exp(privacy.epsilon)
            let error = ((p * (1 - p) + growth * growth * q * (1 - q)) / Double(drawCount)).squareRoot()
            return p - growth * q - privacy.delta - 4 * error
        }.max() ?? 0
    }
}
