import Testing

@testable import Verification

@Suite struct IntervalTests {
    /// 0 … 100: the 2.5 % place is 2.5, the 97.5 % place 97.5.
    @Test func percentilesLieBetweenNeighbours() {
        let interval = Interval(percentilesOf: (0...100).map(Double.init).reversed(), confidence: 0.95)
        #expect(interval.lower.isNear(2.5))
        #expect(interval.upper.isNear(97.5))
        #expect(interval.contains(2.6))
        #expect(!interval.contains(97.6))
    }

    @Test func oneReplicateIsItsOwnInterval() {
        let interval = Interval(percentilesOf: [3], confidence: 0.9)
        #expect(interval.lower == 3)
        #expect(interval.upper == 3)
    }

    @Test func infiniteReplicatesNeedNoArithmetic() {
        let interval = Interval(percentilesOf: [.infinity, .infinity, .infinity, 1, 1], confidence: 0.5)
        #expect(interval.lower == 1)
        #expect(interval.upper == .infinity)
    }
}
