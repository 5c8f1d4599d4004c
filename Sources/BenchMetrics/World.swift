import Foundation
import Verification

/// People with scores that depend on them: a genuine score has its person's ease, an impostor score the likeness of
/// both, so trials that share people are not independent.
struct World {
    private var generator: SplitMix64

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    /// Random pairs of the items of some people, a tenth of them genuine, and the same as a score file.
    mutating func trials(identityCount: Int, trialCount: Int) throws -> (scored: ScoredTrials, file: Data) {
        let itemsPerIdentity = 10
        let people = people(identityCount)
        let identities = (0..<(identityCount * itemsPerIdentity)).map { $0 / itemsPerIdentity }
        var pairs: [ItemPair] = []
        for trial in 0..<trialCount {
            let left = drawn(identities.count)
            var right = drawn(identities.count)
            if trial.isMultiple(of: 10) {
                let other = (left + 1 + drawn(itemsPerIdentity - 1)) % itemsPerIdentity
                right = identities[left] * itemsPerIdentity + other
            }
            pairs.append(ItemPair(left: left, right: right))
        }
        let scores = pairs.map { score(people, identities[$0.left], identities[$0.right]) }
        var lines = ""
        for (pair, score) in zip(pairs, scores) where pair.left != pair.right {
            let names = [pair.left, pair.right].map { "p\(identities[$0])/\($0).wav" }
            let label = identities[pair.left] == identities[pair.right] ? 1 : 0
            lines += "\(label) \(names[0]) \(names[1]) \(score)\n"
        }
        return (try ScoredTrials(TrialList(pairs: pairs, identities: identities), scores: scores), Data(lines.utf8))
    }

    /// All pairs of a few items of some people.
    mutating func allPairs(identityCount: Int) throws -> ScoredTrials {
        let itemsPerIdentity = 5
        let people = people(identityCount)
        let identities = (0..<(identityCount * itemsPerIdentity)).map { $0 / itemsPerIdentity }
        let list = TrialList(allPairsOf: identities)
        let scores = (0..<list.count).map { score(people, identities[list[$0].left], identities[list[$0].right]) }
        return try ScoredTrials(list, scores: scores)
    }

    private struct Person {
        let ease, likeness: Double
    }

    private mutating func people(_ count: Int) -> [Person] {
        (0..<count).map { _ in Person(ease: 0.5 * normal(), likeness: 0.5 * normal()) }
    }

    private mutating func score(_ people: [Person], _ left: Int, _ right: Int) -> Double {
        normal() + (left == right ? 3 + people[left].ease : people[left].likeness + people[right].likeness)
    }

    private mutating func drawn(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

    private mutating func normal() -> Double {
        let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &generator))).squareRoot()
        return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
    }
}
