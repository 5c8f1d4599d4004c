import Testing
import Verification

@testable import Experiments

@Suite struct CriticalVerdictTests {
    private func difference(_ value: Double, _ reach: Double) -> StudyDifference {
        .init(value: value, lower: value - reach, upper: value + reach, adjustedP: 0.01, seedCount: 5, drawCount: 100)
    }

    private func row(
        _ method: CriticalMethod, recall: Double, gain: StudyDifference? = nil, cost: StudyDifference? = nil,
        shifted: CriticalTable.Shifted? = nil, setting: String? = ""
    ) -> CriticalTable.Row {
        .init(
            method: method, setting: setting, seeds: [1, 2, 3, 4, 5],
            figures: [.init(rate: .recall, mean: recall, overSeeds: nil, overItems: nil)], validation: nil,
            recallGain: gain, accuracyGain: cost, shifted: shifted, collapses: [])
    }

    private func verdicts(_ rows: CriticalTable.Row...) -> String {
        CriticalTable(
            dataset: "signs", target: CriticalTarget(["stop"]), tolerance: 0, rows: rows, drawCount: 100,
            comparisonCount: 4
        ).verdicts.joined(separator: "\n")
    }

    @Test func aMarginThatIsWorthItsTraining() {
        let text = verdicts(
            row(.crossEntropy, recall: 0.8),
            row(
                .camri, recall: 0.9, gain: difference(0.1, 0.02), cost: difference(-0.01, 0.002),
                shifted: .init(bias: 1, recall: 0.85, accuracy: 0.97, difference: difference(0.05, 0.01))))
        #expect(text.contains("CAMRI misses stop least: recall 90.00 %, CE 80.00 %."))
        #expect(text.contains("higher than CE's, outside the noise: CAMRI +10.00 points [+8.00, +12.00]"))
        #expect(text.contains("Accuracy differs from CE's, outside the noise: CAMRI -1.00 points"))
        #expect(text.contains("outside the noise, so that CAMRI is worth its training."))
    }

    @Test func theCheapAlternativeIsAsGood() {
        let text = verdicts(
            row(.crossEntropy, recall: 0.8),
            row(
                .camri, recall: 0.9, gain: difference(0.1, 0.02), cost: difference(0, 0.002),
                shifted: .init(bias: 1, recall: 0.91, accuracy: 0.97, difference: difference(-0.01, 0.03))),
            row(.shifted, recall: 0.91, gain: difference(0.11, 0.02), cost: difference(0, 0.001)))
        #expect(text.contains("CE + bias misses stop least: recall 91.00 %, CE 80.00 %; it is the cheap way"))
        #expect(text.contains("the bias, which trains nothing, is as good as far as these runs can tell."))
        #expect(text.contains("Accuracy is no different from CE's beyond the noise"))
    }

    @Test func nothingHelps() {
        let text = verdicts(
            row(.crossEntropy, recall: 0.8), row(.arcFace, recall: 0.5, setting: nil),
            row(.weighted, recall: 0.81, gain: difference(0.01, 0.02), cost: difference(0, 0.01)))
        #expect(text.contains("No method misses stop less than CE (recall 80.00 %) by more than the noise."))
        #expect(!text.contains("ArcFace"))
    }

    @Test func intervalsStayWithinWhatARateCanBe() throws {
        let interval = try #require(CriticalRate.interval(over: [1, 0.9, 1]))
        #expect(interval.upper == 1 && interval.lower > 0.5 && CriticalRate.interval(over: [1]) == nil)
    }

    @Test func settingsAreShownInShort() {
        #expect(row(.camri, recall: 1, setting: "head.s=16 head.m=0.392699").settingText == "s=16 m=0.393")
        #expect(row(.shifted, recall: 1, setting: "bias=0.30000000000000004 tolerance=0.002").settingText == "bias=0.3")
        #expect(row(.camri, recall: 1, setting: nil).settingText == "–")
    }
}
