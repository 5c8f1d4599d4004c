import FairnessAudit
import Foundation
import Testing

@Suite struct GaussianMechanismTests {
    /// Found by bisection of Balle and Wang's condition with 40 digits (mpmath).
    @Test(arguments: [
        (0.1, 1e-5, 30.7495661319774502), (0.5, 1e-5, 7.03182667558249144), (1, 1e-5, 3.73063163481594183),
        (1, 1e-6, 4.22467888932683528), (3, 1e-5, 1.39059345667453675), (10, 1e-5, 0.499888619709008515),
        (0.01, 1e-8, 412.356942079715468), (50, 1e-10, 0.18029422294241373), (2, 0.1, 0.731955243330688294),
        (0.001, 0.01, 38.0390054844692366),
    ])
    func analyticNoiseIsThatOfReference(epsilon: Double, delta: Double, expected: Double) throws {
        let privacy = try PrivacyParameters(epsilon: epsilon, delta: delta)
        let sigma = try GaussianMechanism.analytic(privacy, sensitivity: 1)
        #expect(abs(sigma / expected - 1) < 1e-9)
        #expect(try abs(GaussianMechanism.analytic(privacy, sensitivity: 0.02) / (0.02 * expected) - 1) < 1e-9)
        #expect(abs(GaussianMechanism.epsilon(delta: delta, noiseRatio: sigma) / epsilon - 1) < 1e-8)
    }

    /// δ is sup over sets of P(S) − e^ε P′(S), which for two normals is reached on a half line: integrated here.
    @Test func deltaIsTheHockeyStickDivergence() {
        for (epsilon, ratio) in [(0.5, 1.0), (1.0, 2.0), (3.0, 0.7)] {
            let step = 1e-4
            var sum = 0.0
            for x in stride(from: -12.0, to: 12, by: step) {
                let (near, far) = (StandardNormal.density(x), StandardNormal.density(x + 1 / ratio))
                sum += max(0, near - exp(epsilon) * far) * step
            }
            #expect(abs(GaussianMechanism.delta(epsilon: epsilon, noiseRatio: ratio) - sum) < 1e-7)
        }
    }

    @Test func classicNoiseHasItsFormulaAndDomain() throws {
        let sigma = try GaussianMechanism.classic(.init(epsilon: 0.5, delta: 1e-5), sensitivity: 2)
        #expect(abs(sigma - 2 * (2 * log(125_000.0)).squareRoot() / 0.5) < 1e-12)
        let privacy = try PrivacyParameters(epsilon: 1.5, delta: 1e-5)
        #expect(throws: AuditError.self) { try GaussianMechanism.classic(privacy, sensitivity: 1) }
    }

    @Test func releasesOfOneModelComposeLikeTheirAverage() {
        // The weighted mean of releases is a sufficient statistic; two of σ are one of σ/√2.
        #expect(abs(GaussianMechanism.composed(noiseRatios: [3, 3]) - 3 / 2.0.squareRoot()) < 1e-15)
        #expect(abs(GaussianMechanism.composed(noiseRatios: [2]) - 2) < 1e-15)
    }

    @Test(arguments: [(0.0, 1e-5), (-1, 1e-5), (.infinity, 1e-5), (1, 1), (1, -0.1), (.nan, 0.1), (1, .nan)])
    func parametersOutsideTheirDomainAreRefused(epsilon: Double, delta: Double) {
        #expect(throws: AuditError.self) { try PrivacyParameters(epsilon: epsilon, delta: delta) }
    }

    @Test func pureEpsilonIsNotForNormalNoise() throws {
        let privacy = try PrivacyParameters(epsilon: 1, delta: 0)
        #expect(throws: AuditError.self) { try GaussianMechanism.analytic(privacy, sensitivity: 1) }
        #expect(try NoiseMechanism.laplace.scale(privacy, sensitivity: 3) == 3)
    }
}
