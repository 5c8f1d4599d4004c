import Testing
import Verification

@Suite struct MeanIntervalTests {
    /// t with 4 degrees of freedom is 2.7764451 at 95 %; 1 … 5 have the standard deviation √2.5.
    @Test func studentsInterval() throws {
        let interval = try #require(Interval(meanOf: [1, 2, 3, 4, 5]))
        let reach = 2.776_445_105_197_8 * (2.5 / 5).squareRoot()
        #expect(abs(interval.lower - (3 - reach)) < 1e-9 && abs(interval.upper - (3 + reach)) < 1e-9)
        // With 1 degree of freedom at 90 %: 6.313751515.
        let two = try #require(Interval(meanOf: [0, 2], confidence: 0.9))
        #expect(abs(two.upper - (1 + 6.313_751_514_675)) < 1e-8 && two.confidence == 0.9)
    }

    @Test func fewValuesHaveNone() throws {
        #expect(Interval(meanOf: []) == nil && Interval(meanOf: [1]) == nil)
        let equal = try #require(Interval(meanOf: [0.5, 0.5, 0.5]))
        #expect(equal.lower == 0.5 && equal.upper == 0.5)
    }
}
