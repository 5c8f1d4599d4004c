import FairnessAudit
import Foundation
import Testing

@Suite struct BivariateNormalTests {
    /// Computed with 40 digits by quadrature of φ(x) Φ((k − ρx)/√(1 − ρ²)) (mpmath).
    @Test(
        arguments: [
            (0, 0, 0.5, 0.333333333333333333), (0.3, -0.7, 0.2, 0.172891300398511529),
            (1, 1, 0.9, 0.798179829565444194), (-1.5, 0.4, -0.6, 0.0120051237837209953),
            (2, -2, 0.95, 0.0227501319481792072), (0.5, 0.5000001, 0.999999, 0.691263847279244983),
            (0.1, 0.1, 0.99, 0.517413670346420307), (-3, -3.2, 0.97, 0.000597255058520366386),
            (-1, -1.01, 0.9999, 0.155766987109466661), (1, -1.2, -0.98, 0.00362761379302268603),
            (0.7, -0.7, -0.999, 0.0055712345066771737), (-5, -4.5, 0.8, 8.1337854852434067e-8),
            (4, -6, 0.91, 9.86587645037698141e-10), (0.2, 0.9, 0.9000001, 0.575342280907852381),
            (-0.4, 1.3, 0.29, 0.327949924846433417), (6, 6, 0.5, 0.999999998027214069),
            (0.001, -0.001, 0.99999999, 0.499601057786088937),
        ] as [(Double, Double, Double, Double)])
    func valuesAreThoseOfReference(h: Double, k: Double, correlation: Double, expected: Double) {
        #expect(abs(BivariateNormal.cumulative(h, k, correlation: correlation) - expected) < 1e-12)
        #expect(abs(BivariateNormal.cumulative(k, h, correlation: correlation) - expected) < 1e-12)
    }

    @Test func fullCorrelationIsTheSmallerOfBoth() {
        for (h, k) in [(0.0, 0.0), (0.3, -1.2), (-2.0, 2.0), (1.0, 1.0)] {
            let (first, second) = (StandardNormal.cumulative(h), StandardNormal.cumulative(k))
            #expect(abs(BivariateNormal.cumulative(h, k, correlation: 1) - min(first, second)) < 1e-15)
            #expect(abs(BivariateNormal.cumulative(h, k, correlation: -1) - max(0, first + second - 1)) < 1e-15)
        }
    }

    @Test func quadrantsAtZeroHaveAClosedForm() {
        for correlation in stride(from: -1.0, through: 1, by: 0.0625) {
            let expected = 0.25 + asin(correlation) / (2 * .pi)
            #expect(abs(BivariateNormal.cumulative(0, 0, correlation: correlation) - expected) < 1e-14)
        }
    }

    @Test func methodsMeetWhereTheyChange() {
        for (h, k) in [(0.5, 0.2), (-1.0, 2.0), (3.0, 3.1), (-4.0, -4.5), (7.0, 7.5)] {
            for border in [0.3, 0.9] {
                let below = BivariateNormal.cumulative(h, k, correlation: border.nextDown)
                let above = BivariateNormal.cumulative(h, k, correlation: border.nextUp)
                #expect(abs(below - above) < 1e-13)
            }
        }
    }

    @Test func infiniteLimitsLeaveOneVariable() {
        #expect(BivariateNormal.cumulative(.infinity, 0.4, correlation: 0.7) == StandardNormal.cumulative(0.4))
        #expect(BivariateNormal.cumulative(-.infinity, 0.4, correlation: 0.7) == 0)
    }
}
