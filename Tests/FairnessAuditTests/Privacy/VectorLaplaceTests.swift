import FairnessAudit
import Foundation
import Testing
import Verification

@Suite struct VectorLaplaceTests {
    /// A Gamma variable of shape p and scale s has mean ps and variance ps²; a coordinate of a uniform direction has
    /// mean square 1/p.
    @Test func lengthAndDirectionHaveTheirMoments() {
        var generator = SplitMix64(seed: 3)
        let (dimension, scale, count) = (5, 0.7, 40_000)
        let draws = (0..<count).map { _ in
            VectorLaplace.draw(dimension: dimension, scale: scale, using: &generator)
        }
        let lengths = draws.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let mean = lengths.reduce(0, +) / Double(count)
        let variance = lengths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
        // Five standard errors.
        #expect(abs(mean - 3.5) < 5 * (2.45 / Double(count)).squareRoot())
        #expect(abs(variance / 2.45 - 1) < 0.06)
        #expect(VectorLaplace.meanLength(dimension: 5, epsilon: 2, sensitivity: 1.4) == 3.5)
        for place in 0..<dimension {
            let share = zip(draws, lengths).reduce(0) { $0 + pow($1.0[place] / $1.1, 2) } / Double(count)
            #expect(abs(share - 0.2) < 0.01)
        }
    }
}
