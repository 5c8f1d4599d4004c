import Foundation
import Testing

@testable import Verification

@Suite struct PairedComparisonTests {
    /// Quantiles as statistical tables print them.
    @Test(arguments: [
        (1, 0.05, 12.706), (2, 0.05, 4.303), (3, 0.05, 3.182), (4, 0.05, 2.776), (9, 0.01, 3.250), (30, 0.05, 2.042),
    ])
    func studentsQuantilesAreThoseOfTheTables(_ degrees: Int, _ level: Double, _ expected: Double) {
        #expect(abs(StudentQuantile.twoSided(level: level, degrees: degrees) - expected) < 6e-4)
        #expect(abs(StudentQuantile.twoSidedNormal(level: 0.05) - 1.959964) < 1e-6)
    }

    private func run(_ value: Double, _ replicates: [Double]) -> DrawnMetric {
        DrawnMetric(value: value, replicates: replicates)
    }

    /// One seed, one fold: the differences of equal draws and nothing else.
    @Test func oneSeedLeavesTheNoiseOfIdentities() {
        let comparison = PairedComparison(
            first: [[run(0.3, [0.4, 0.2, 0.3])]], second: [[run(0.1, [0.1, 0.1, 0.1])]], seed: 1)
        #expect(abs(comparison.difference - 0.2) < 1e-12 && comparison.seedCount == 1 && comparison.drawCount == 3)
        let interval = comparison.interval(confidence: 0.5)
        #expect(abs(interval.lower - 0.15) < 1e-12 && abs(interval.upper - 0.25) < 1e-12)
        // Every draw is above 0: nothing below one over the draws plus one can be told apart.
        #expect(comparison.pValue == 0.25)
    }

    @Test func foldsAreAveragedAndEqualSystemsDoNotDiffer() {
        let folds = [run(0.2, [0.1, 0.3]), run(0.4, [0.5, 0.3])]
        let other = [run(0.1, [0.1, 0.1]), run(0.1, [0.1, 0.1])]
        #expect(abs(PairedComparison(first: [folds], second: [other], seed: 1).difference - 0.2) < 1e-12)
        let same = PairedComparison(first: [folds, folds], second: [folds, folds], seed: 1)
        let interval = same.interval(confidence: 0.95)
        #expect(interval.lower == 0 && interval.upper == 0 && same.pValue > 0.99)
    }

    @Test func thePValueIsWhereTheIntervalBeginsToExcludeZero() {
        let draws = Gaussian.numbers(400, seed: 11).map { 0.02 + 0.01 * $0 }
        let zero = Array(repeating: 0.0, count: 400)
        let comparison = PairedComparison(
            first: [[run(0.02, draws)], [run(0.02, draws)]], second: [[run(0, zero)], [run(0, zero)]], seed: 1)
        let p = comparison.pValue
        #expect(p > 0.01 && p < 0.1)
        #expect(!comparison.interval(confidence: 1 - p * 1.05).contains(0))
        #expect(comparison.interval(confidence: 1 - p * 0.95).contains(0))
    }

    /// Five seeds and forty identities whose effects on the difference are known: the 95 % interval holds the true
    /// difference, 0, about as often as it says, whichever noise is the larger.
    @Test(arguments: [(1.0, 0.0), (1.0, 3.0), (0.3, 6.0)])
    func intervalsCover(_ ofSeeds: Double, _ ofIdentities: Double) {
        let (simulations, drawCount, identityCount) = (300, 300, 40)
        var covered = 0
        for simulation in 0..<simulations {
            let seeds = Gaussian.numbers(5, seed: UInt64(1000 + simulation)).map { $0 * ofSeeds }
            let people = Gaussian.numbers(identityCount, seed: UInt64(5000 + simulation)).map { $0 * ofIdentities }
            func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
            let draws = (0..<drawCount).map { draw -> Double in
                var generator = SplitMix64(seed: UInt64(simulation), stream: UInt64(draw))
                return mean((0..<identityCount).map { _ in people[generator.next(below: identityCount)] })
            }
            let first = seeds.map { seed in [run(seed + mean(people), draws.map { $0 + seed })] }
            let second = seeds.map { _ in [run(0, Array(repeating: 0, count: drawCount))] }
            let comparison = PairedComparison(first: first, second: second, seed: 9)
            if comparison.interval(confidence: 0.95).contains(0) { covered += 1 }
        }
        // 300 simulations of 95 %: four standard errors are 5 %.
        #expect(Double(covered) / Double(simulations) > 0.90)
        #expect(Double(covered) / Double(simulations) < 0.995)
    }
}

/// Normal numbers by Box and Muller.
private enum Gaussian {
    static func numbers(_ count: Int, seed: UInt64) -> [Double] {
        var generator = SplitMix64(seed: seed)
        func uniform() -> Double { (Double(generator.next() >> 11) + 0.5) * 0x1p-53 }
        return (0..<count).map { _ in
            let radius = (-2 * log(uniform())).squareRoot()
            return radius * cos(2 * .pi * uniform())
        }
    }
}
