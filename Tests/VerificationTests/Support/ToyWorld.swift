import Foundation

@testable import Verification

/// A world in which the truth is known: an item is its identity's place on a line plus noise, the score of two
/// items is how near they are.
struct ToyWorld {
    let identityCount: Int
    let itemsEach: Int
    let noise: Double

    var identities: [Int] { (0..<(identityCount * itemsEach)).map { $0 / itemsEach } }

    /// New people, scored on all pairs.
    func scored(seed: UInt64, extraNoise: Double = 0) throws -> ScoredTrials {
        var generator = SplitMix64(seed: seed)
        let places = (0..<identityCount).map { _ in normal(&generator) }
        let items = identities.map { places[$0] + noise * normal(&generator) }
        var other = SplitMix64(seed: seed ^ 0xABCD)
        let shifted = items.map { $0 + extraNoise * normal(&other) }
        return try ScoredTrials(TrialList(allPairsOf: identities)) { -abs(shifted[$0.left] - shifted[$0.right]) }
    }

    /// P(|d| ≤ distance) for the difference d of two items of different people, normal with variance 2(1 + noise²).
    func falseAcceptRate(atDistance distance: Double) -> Double {
        erf(distance / (2 * (1 + noise * noise)).squareRoot() / 2.0.squareRoot())
    }

    private func normal(_ generator: inout SplitMix64) -> Double {
        let radius = (-2 * log(Double.random(in: Double.leastNormalMagnitude..<1, using: &generator))).squareRoot()
        return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
    }
}
