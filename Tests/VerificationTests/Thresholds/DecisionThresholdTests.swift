import Foundation
import Testing

@testable import Verification

@Suite struct DecisionThresholdTests {
    /// 3,000 impostors 0 … 2999: at 1 % thirty may pass, so 2970 is the lowest impostor score allowed, and the
    /// genuine 2969.5 is a lower threshold that lets no other impostor pass.
    private func scores() throws -> Scores {
        try Scores(genuine: [2969.5, 2980, 10, 4000], impostor: (0..<3000).map(Double.init))
    }

    @Test func holdsWhatWasAskedAndAttained() throws {
        let threshold = try DecisionThreshold(falseAcceptRate: 0.01, on: scores(), source: "counted numbers")
        #expect(threshold.threshold == 2969.5)
        #expect(threshold.falseAcceptRateAsked == 0.01)
        #expect(threshold.falseAcceptRateAttained == 0.01)
        #expect(threshold.trueAcceptRate == 0.75)
        #expect(threshold.genuineCount == 4)
        #expect(threshold.impostorCount == 3000)
        #expect(threshold.isSupported)
        #expect(threshold.accepts(2969.5))
        #expect(!threshold.accepts(2969.4))
    }

    @Test func neverAttainsMoreThanWasAsked() throws {
        for scores in Samples.mixed {
            for rate in [0.01, 0.05, 0.2, 0.5] {
                let chosen = try DecisionThreshold(
                    falseAcceptRate: rate, on: scores, source: "sample", allowingUnsupported: true)
                let accepted = Double(scores.impostor.count(where: chosen.accepts)) / Double(scores.impostor.count)
                #expect(accepted == chosen.falseAcceptRateAttained)
                #expect(accepted <= rate)
            }
        }
    }

    /// Thirty false accepts are the least: 1 % of 3,000 is, 0.9 % is not.
    @Test func ratesTooLowForTheTrialsNeedAFlag() throws {
        #expect(throws: VerificationError.unsupportedFalseAcceptRate(asked: 0.009, impostorCount: 3000)) {
            try DecisionThreshold(falseAcceptRate: 0.009, on: scores(), source: "counted numbers")
        }
        let allowed = try DecisionThreshold(
            falseAcceptRate: 0.009, on: scores(), source: "counted numbers", allowingUnsupported: true)
        #expect(!allowed.isSupported)
        #expect(allowed.falseAcceptRateAttained == 0.009)
    }

    @Test(arguments: [0, 1, -0.1, 1.5, .nan])
    func ratesOutsideTheRangeAreRefused(_ rate: Double) {
        #expect(throws: VerificationError.self) {
            try DecisionThreshold(falseAcceptRate: rate, on: scores(), source: "s", allowingUnsupported: true)
        }
    }

    @Test func trialsWithIdentitiesGiveTheSameThreshold() throws {
        let trials = try ScoredTrials(TrialList(allPairsOf: [0, 0, 1, 1]), scores: [6, 1, 2, 3, 4, 5])
        let scores = try Scores(genuine: [6, 5], impostor: [1, 2, 3, 4])
        let chosen = try DecisionThreshold(falseAcceptRate: 0.25, on: trials, source: "x", allowingUnsupported: true)
        #expect(
            try DecisionThreshold(falseAcceptRate: 0.25, on: scores, source: "x", allowingUnsupported: true) == chosen)
        #expect(chosen.threshold == 4)
        #expect(chosen.impostorCount == 4)
    }

    @Test func survivesAFile() throws {
        let threshold = try DecisionThreshold(falseAcceptRate: 0.02, on: scores(), source: "counted numbers")
        let data = try JSONEncoder().encode(threshold)
        #expect(try JSONDecoder().decode(DecisionThreshold.self, from: data) == threshold)
    }
}
