import Foundation
import Testing

@testable import Verification

struct WilsonIntervalTests {
    /// The ends solve |k/n − p| = z √(p (1 − p)/n).
    @Test(arguments: [(1, 10), (5, 10), (9, 10), (37, 1000), (999, 1000)], [0.8, 0.95, 0.99])
    func endsSolveTheirEquation(rate: (Int, Int), confidence: Double) {
        let interval = Interval(wilsonScoreOf: rate.0, among: rate.1, confidence: confidence)
        let z = StudentQuantile.twoSidedNormal(level: 1 - confidence)
        let share = Double(rate.0) / Double(rate.1)
        for end in [interval.lower, interval.upper] {
            let deviation: Double = (end * (1 - end) / Double(rate.1)).squareRoot()
            #expect(abs(share - end).isNear(z * deviation, within: 1e-12))
        }
        #expect(interval.lower < share && share < interval.upper && interval.confidence == confidence)
    }

    /// z²/(n + z²) beyond an end, with z = 1.959964.
    @Test func hasAWidthWhereAllOrNoneSucceeded() {
        let none = Interval(wilsonScoreOf: 0, among: 20)
        let all = Interval(wilsonScoreOf: 20, among: 20)
        let reach: Double = 3.8414588 / 23.8414588
        #expect(none.lower == 0 && none.upper.isNear(reach, within: 1e-7))
        #expect(all.upper == 1 && all.lower.isNear(1 - none.upper))
    }

    /// The exact chance that the interval holds the true rate, by the binomial distribution.
    @Test func coverageIsNearTheConfidence() {
        var covered: [Double] = []
        for n in [10, 30, 100] {
            for rate in stride(from: 0.05, through: 0.95, by: 0.05) {
                let held = (0...n).filter { Interval(wilsonScoreOf: $0, among: n).contains(rate) }
                let chance = held.reduce(0.0) { sum, k in
                    let binomial: Double = lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
                    let powers: Double = Double(k) * log(rate) + Double(n - k) * log(1 - rate)
                    return sum + exp(binomial + powers)
                }
                covered.append(chance)
            }
        }
        #expect(covered.allSatisfy { $0 > 0.88 })
        #expect((covered.reduce(0, +) / Double(covered.count)).isNear(0.95, within: 0.01))
    }
}
