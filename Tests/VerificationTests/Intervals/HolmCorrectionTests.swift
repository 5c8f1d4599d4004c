import Testing

@testable import Verification

@Suite struct HolmCorrectionTests {
    /// p = 0.01, 0.04, 0.03, 0.005 at 0.05: sorted 0.005·4 = 0.02, 0.01·3 = 0.03, 0.03·2 = 0.06, 0.04·1 raised to 0.06.
    @Test func aCaseComputedByHand() {
        let holm = HolmCorrection(pValues: [0.01, 0.04, 0.03, 0.005])
        for (found, expected) in zip(holm.adjusted, [0.03, 0.06, 0.06, 0.02]) {
            #expect(abs(found - expected) < 1e-12)
        }
        // 0.05/3 and 0.05/4 for the two that are rejected; the third fails at 0.05/2, and ends it for the fourth.
        let levels = [0.05 / 3, 0.05 / 2, 0.05 / 2, 0.05 / 4]
        for (found, expected) in zip(holm.confidences, levels) { #expect(abs(1 - found - expected) < 1e-12) }
    }

    @Test func oneComparisonNeedsNoCorrection() {
        let holm = HolmCorrection(pValues: [0.04])
        #expect(holm.adjusted == [0.04] && abs(holm.confidences[0] - 0.95) < 1e-12)
        #expect(HolmCorrection(pValues: []).adjusted.isEmpty)
        #expect(HolmCorrection(pValues: [0.6, 0.7]).adjusted == [1, 1])
    }

    /// A comparison is rejected exactly if its own p-value is below the level that its interval is read at.
    @Test func intervalsAgreeWithTheCorrectedValues() {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<200 {
            let values = (0..<6).map { _ in Double(generator.next(below: 1000)) / 10_000 }
            let holm = HolmCorrection(pValues: values)
            for place in values.indices {
                let isRejected = holm.adjusted[place] <= 0.05
                #expect((values[place] <= 1 - holm.confidences[place] + 1e-12) == isRejected)
            }
        }
    }
}
