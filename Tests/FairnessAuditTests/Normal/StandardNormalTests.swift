import FairnessAudit
import Foundation
import Testing

@Suite struct StandardNormalTests {
    /// Computed with 40 digits (mpmath).
    @Test(arguments: [
        (1e-300, -37.0470962993611992), (1e-20, -9.26234008979840757), (0.001, -3.09023230616781354),
        (0.025, -1.95996398454005424), (0.3, -0.524400512708040784), (0.5, 0), (0.975, 1.95996398454005424),
        (0.9999, 3.71901648545568056),
    ])
    func quantilesAreThoseOfReference(p: Double, expected: Double) {
        #expect(abs(StandardNormal.quantile(p) - expected) <= 1e-13 * max(1, abs(expected)))
    }

    @Test func quantileUndoesCumulative() {
        for x in stride(from: -30.0, through: 5, by: 0.37) {
            let p = StandardNormal.cumulative(x)
            // One rounding of p moves its quantile by p·2⁻⁵³/φ(x).
            let rounding = p * 0x1p-52 / StandardNormal.density(x)
            #expect(abs(StandardNormal.quantile(p) - x) <= 1e-13 * max(1, abs(x)) + rounding)
        }
        #expect(StandardNormal.quantile(0) == -.infinity && StandardNormal.quantile(1) == .infinity)
    }

    @Test func logarithmIsContinuousWhereTheSeriesBegins() {
        let (above, below) = (StandardNormal.logCumulative(-30), StandardNormal.logCumulative((-30.0).nextDown))
        #expect(abs(above - below) < 1e-10)
        #expect(abs(StandardNormal.logCumulative(-50) + 1254.8313611394199) < 1e-9)
        #expect(StandardNormal.logCumulative(-.infinity) == -.infinity)
        #expect(StandardNormal.logCumulative(.infinity) == 0)
    }
}
