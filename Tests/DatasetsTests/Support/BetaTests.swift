import Foundation
import Testing

@testable import Datasets

@Suite struct BetaTests {
    private func draws(_ alpha: Double, count: Int = 20_000) -> [Double] {
        var generator = SeededGenerator(seed: 9)
        return (0..<count).map { _ in generator.beta(alpha) }
    }

    @Test(arguments: [0.1, 0.2, 0.5, 1, 2, 4]) func momentsAreThoseOfTheDistribution(_ alpha: Double) {
        let draws = draws(alpha)
        let count = Double(draws.count)
        let mean = draws.reduce(0, +) / count
        let variance = draws.reduce(0) { $0 + ($1 - 0.5) * ($1 - 0.5) } / count
        // E = ½, Var = 1 / (4 (2α + 1)); within five standard errors, that of the variance bounded by (1/4) · sd.
        let expected = 1 / (4 * (2 * alpha + 1))
        #expect(abs(mean - 0.5) < 5 * (expected / count).squareRoot())
        #expect(abs(variance - expected) < 5 * (expected / 4 / count).squareRoot())
        #expect(draws.allSatisfy { 0...1 ~= $0 })
    }

    @Test func oneIsUniformAndOneHalfIsTheArcsine() {
        for x in [0.05, 0.3, 0.7, 0.99] {
            let uniform = Double(draws(1).count { $0 < x }) / 20_000
            let arcsine = Double(draws(0.5).count { $0 < x }) / 20_000
            #expect(abs(uniform - x) < 0.02)
            #expect(abs(arcsine - 2 / .pi * asin(x.squareRoot())) < 0.02)
        }
    }

    @Test func aTinyParameterGivesOneOrTheOther() {
        let draws = draws(1e-7, count: 1000)
        #expect(draws.allSatisfy { $0 < 1e-3 || $0 > 1 - 1e-3 })
        #expect((400...600).contains(draws.count { $0 > 0.5 }))
    }
}
