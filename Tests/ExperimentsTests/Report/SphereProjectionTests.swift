import Foundation
import Testing
import Torch

@testable import Experiments

@Suite struct SphereProjectionTests {
    private func projection(_ rows: [[Double]]) throws -> SphereProjection {
        try SphereProjection(Tensor(rows.flatMap { $0 }, shape: [rows.count, rows[0].count]))
    }

    /// Twice each of e₁, e₂ and e₃, and two directions 30° to either side of e₁ towards e₄ and −e₄.
    ///
    /// 8 XᵀX / n is diagonal: 2 + 2 cos² 30° = 3½, 2, 2 and 2 sin² 30° = ½. What lies along e₄ is lost: a sixteenth of
    /// the squared length. Of the 28 pairs, four of 30° (each of the two with each e₁) become 0°, one of 60° becomes
    /// 0°, and all others keep their 90° or 0°.
    @Test func whatIsKeptOfTheAnglesByHand() throws {
        let (c, s) = (cos(Double.pi / 6), sin(Double.pi / 6))
        let found = try projection([
            [1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 0], [c, 0, 0, s],
            [c, 0, 0, -s],
        ])
        #expect(abs(found.keptLength - 15.0 / 16) < 1e-12)
        let squares = 4 * 30.0 * 30 + 60 * 60
        #expect(abs(found.angleError * 180 / .pi - (squares / 28).squareRoot()) < 1e-5)
        // 90° stands between different axes: 3 · 4 pairs, and four more for either direction; e₁ with itself has none.
        let whole = squares + (12 + 8) * 90.0 * 90
        #expect(abs(found.stress - (squares / whole).squareRoot()) < 1e-7)
        // All four around e₁ fall on it, and are as long as before.
        for row in [1, 6, 7] { #expect(zip(found.points[row], found.points[0]).allSatisfy { abs($0 - $1) < 1e-9 }) }
        #expect(found.points.allSatisfy { abs($0.reduce(0) { $0 + $1 * $1 } - 1) < 1e-9 })
        #expect(found.statement.contains("94 %") && found.statement.contains("16.0°"))
    }

    @Test func threeDimensionsStayAsTheyAre() throws {
        let rows = [[0.6, 0, 0.8], [0, -1, 0], [0, 0.6, -0.8]]
        let found = try projection(rows)
        #expect(found.points == rows && found.keptLength == 1 && found.angleError == 0 && found.stress == 0)
        #expect(found.statement.contains("as it is"))
    }

    @Test func twoDimensionsLieOnTheEquator() throws {
        let found = try projection([[0.6, 0.8], [1, 0]])
        #expect(found.points == [[0.6, 0.8, 0], [1, 0, 0]] && found.statement.contains("equator"))
    }

    @Test func aSubspaceOfThreeLosesNothing() throws {
        // Any three-dimensional subspace of five: angles are those before, whichever way the axes point.
        let rows = [[1.0, 0, 0, 0, 0], [0, 0, 0.6, 0, 0.8], [0, 1, 0, 0, 0], [0.6, 0, 0.48, 0, 0.64]]
        let found = try projection(rows)
        #expect(abs(found.keptLength - 1) < 1e-9 && found.angleError < 1e-6)
        for first in rows.indices {
            for second in rows.indices {
                let before = zip(rows[first], rows[second]).reduce(0) { $0 + $1.0 * $1.1 }
                let after = zip(found.points[first], found.points[second]).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(before - after) < 1e-9)
            }
        }
    }

    @Test func oneDirectionIsEnough() throws {
        let found = try projection([[0, 0, 0, 1]])
        #expect(found.points[0].reduce(0) { $0 + $1 * $1 } > 0.999 && found.angleError == 0 && found.stress == 0)
    }
}
