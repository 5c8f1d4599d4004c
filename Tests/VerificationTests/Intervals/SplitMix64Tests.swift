import Testing

@testable import Verification

@Suite struct SplitMix64Tests {
    /// The published test sequence of seed 1234567.
    @Test func givesThePublishedNumbers() {
        var generator = SplitMix64(seed: 1_234_567)
        let numbers = (0..<5).map { _ in generator.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func streamsAreSeededByTheSequence() {
        var parent = SplitMix64(seed: 77)
        for index in 0..<4 {
            var child = SplitMix64(seed: parent.next())
            var stream = SplitMix64(seed: 77, stream: UInt64(index))
            #expect(stream.next() == child.next())
        }
    }

    /// Six faces over 60,000 throws: each within five standard deviations (91) of 10,000.
    @Test func boundedNumbersAreUniform() {
        var generator = SplitMix64(seed: 4)
        var counts = [Int](repeating: 0, count: 6)
        for _ in 0..<60_000 { counts[generator.next(below: 6)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 10_000) < 457 })
        #expect(generator.next(below: 1) == 0)
    }
}
