import Foundation
import Verification

/// How far the measures on the people held out can be trusted to speak for others.
///
/// Poisson bootstrap: every person counts N ~ Poisson(1) times, which for the measures means that the number of
/// people per cell and outcome, which is all they depend on, is Poisson as well (Chamandy et al. 2012). The noise of
/// privacy is not part of it.
struct CleanIntervals {
    let people: AuditedPeople
    let drawCount = 1000
    let seed: UInt64 = 1

    /// For every draw the counts per cell of all people and of those decided correctly.
    private func draws() -> [(counts: [Int], correct: [Int])] {
        (0..<drawCount).map { draw in
            var generator = SplitMix64(seed: seed, stream: UInt64(draw))
            var (counts, correct) = (people.counts, people.correctCounts)
            for cell in counts.indices {
                correct[cell] = Self.poisson(Double(people.correctCounts[cell]), &generator)
                counts[cell] =
                    correct[cell] + Self.poisson(Double(people.counts[cell] - people.correctCounts[cell]), &generator)
            }
            return (counts, correct)
        }
    }

    /// The 95 % percentile intervals of quantities that depend on counts; draws in which one has no value are left
    /// out for it, and where they are most, there is no interval.
    func intervals(_ quantities: [(_ counts: [Int], _ correct: [Int]) -> Double?]) -> [Interval?] {
        let draws = draws()
        return quantities.map { quantity in
            let values = draws.compactMap { quantity($0.counts, $0.correct) }
            return values.count < drawCount / 2 ? nil : Interval(percentilesOf: values, confidence: 0.95)
        }
    }

    /// By products of uniform numbers where the mean is small (Knuth), else by the normal law with the square root
    /// transformed, whose error no percentile of a bootstrap shows.
    static func poisson(_ mean: Double, _ generator: inout SplitMix64) -> Int {
        guard mean > 0 else { return 0 }
        guard mean < 100 else {
            let root = mean.squareRoot() + NormalDraws.draw(1, using: &generator)[0] / 2
            return max(0, Int((root * root - 0.25).rounded()))
        }
        let limit = exp(-mean)
        var (count, product) = (0, NormalDraws.positiveUniform(using: &generator))
        while product > limit {
            count += 1
            product *= NormalDraws.positiveUniform(using: &generator)
        }
        return count
    }
}
