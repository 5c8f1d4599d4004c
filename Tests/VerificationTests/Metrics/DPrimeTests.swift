import Testing

@testable import Verification

@Suite struct DPrimeTests {
    @Test func agreesWithItsDefinition() {
        for scores in Samples.mixed {
            #expect(ErrorRateCurve(scores).dPrime().isNear(NaiveMetrics(scores).dPrime))
        }
    }

    /// Means 5 and 1, variances 4 and 1: 4 / √2.5.
    @Test func isWhatTheHandComputes() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [3, 7], impostor: [0, 2]))
        #expect(curve.dPrime().isNear(4 / 2.5.squareRoot()))
    }

    @Test func constantSetsAreTheSameOrInfinitelyApart() throws {
        #expect(ErrorRateCurve(try Scores(genuine: [0.1, 0.1, 0.1], impostor: [0.1, 0.1])).dPrime() == 0)
        #expect(ErrorRateCurve(try Scores(genuine: [0.3, 0.3, 0.3], impostor: [0.1, 0.1])).dPrime() == .infinity)
    }

    /// Shifts and scales do not matter, not even a shift a billion times the spread.
    @Test func isFreeOfOriginAndUnit() throws {
        let plain = ErrorRateCurve(try Scores(genuine: [3, 7, 8], impostor: [0, 2, 2])).dPrime()
        let moved = ErrorRateCurve(
            try Scores(genuine: [3, 7, 8].map { $0 * 0.5 + 1e9 }, impostor: [0, 2, 2].map { $0 * 0.5 + 1e9 }))
        #expect(moved.dPrime().isNear(plain, within: 1e-9))
    }
}
