import Testing

@testable import Verification

struct TandemCostTests {
    /// Verifier: miss ¼, false accept ½ (of 2), spoofs rejected ½. Countermeasure by hand.
    let verifier = SpeakerVerifierRates(threshold: 0, missRate: 0.25, falseAcceptRate: 0.5, spoofMissRate: 0.5)

    @Test func handComputed() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [1, 2, 3, 4], impostor: [0, 1.5]))
        // 2019: C1 = .9405·.75 − .0095·10·.5 = .657875, C2 = 10·.05·.5 = .25. The best of (0, ½), (¼, 0) is .125/.25.
        let legacy = try curve.minimumTandemCost(.legacy2019, beside: verifier)
        #expect(legacy.isNear(0.5))
        // Revised: C0 = .9405·.25 + .0095·10·.5 = .282625, C1 = .657875, C2 = .25.
        let revised = try curve.minimumTandemCost(.revised, beside: verifier)
        #expect(revised.isNear((0.282625 + 0.125) / (0.282625 + 0.25)))
    }

    @Test func uselessCountermeasureCostsOne() throws {
        let constant = ErrorRateCurve(try Scores(genuine: [1, 2, 3], impostor: [1, 2, 3]))
        for cost in [TandemCost.legacy2019, .revised] {
            #expect(try constant.minimumTandemCost(cost, beside: verifier) <= 1)
            #expect(try constant.minimumTandemCost(cost, beside: verifier) > 0.9)
        }
    }

    @Test func decisionsAndMeaninglessVerifiersAreRefused() throws {
        let hard = ErrorRateCurve(try Scores(genuine: [1, 1, 0], impostor: [0, 1]))
        #expect(throws: VerificationError.hardDecisions(distinctCount: 2)) {
            try hard.minimumTandemCost(.legacy2019, beside: verifier)
        }
        let curve = ErrorRateCurve(try Scores(genuine: [1, 2], impostor: [0]))
        let rejecting = SpeakerVerifierRates(threshold: 0, missRate: 0.1, falseAcceptRate: 0.1, spoofMissRate: 1)
        let erring = SpeakerVerifierRates(threshold: 0, missRate: 1, falseAcceptRate: 1, spoofMissRate: 0)
        for verifier in [rejecting, erring] {
            #expect(throws: VerificationError.self) { try curve.minimumTandemCost(.legacy2019, beside: verifier) }
        }
        #expect(throws: VerificationError.noSpoofTrials) {
            try SpeakerVerifierRates(atEqualErrorRateOf: curve, spoof: [])
        }
    }

    @Test func namesHoldTheForm() throws {
        let name = try Metric.minimumTandemCost(.legacy2019, beside: verifier, qualifier: "attack A07").name
        #expect(name == "min t-DCF[attack A07, 2019 form, P_spoof=5e-2, C_miss=1, C_fa=10, C_spoof=10, ASV at its EER]")
    }

    @Test(
        .enabled(if: ReferenceScores.arePresent, "needs ../shared/data/scoring_refs"),
        arguments: ["dev_example_v1", "B01_LA_eval", "AIR_amsoftmax"])
    func organisersAnswers(_ system: String) throws {
        let answer = try ReferenceScores.answer(system)
        let spoofChecks = try ReferenceScores.lines(of: answer.cm)
        let verifications = try ReferenceScores.lines(of: answer.asv)
        let verifier = ErrorRateCurve(
            try Scores(
                genuine: verifications.filter { $0.key == "target" }.map(\.score),
                impostor: verifications.filter { $0.key == "nontarget" }.map(\.score)))
        let rates = try SpeakerVerifierRates(
            atEqualErrorRateOf: verifier, spoof: verifications.filter { $0.key == "spoof" }.map(\.score))
        #expect(rates.threshold == answer.asv_threshold)
        #expect(rates.missRate == answer.Pmiss_asv)
        #expect(rates.falseAcceptRate == answer.Pfa_asv)
        #expect(rates.spoofMissRate.isNear(answer.Pmiss_spoof_asv, within: 1e-15))
        let curve = ErrorRateCurve(
            try Scores(labelled: spoofChecks.map { (score: $0.score, isGenuine: $0.key == "bonafide") }))
        let legacy = try curve.minimumTandemCost(.legacy2019, beside: rates)
        let revised = try curve.minimumTandemCost(.revised, beside: rates)
        #expect(legacy.isNear(answer.min_tDCF_legacy2019, within: 2e-16))
        #expect(revised.isNear(answer.min_tDCF_revised_v2, within: 2e-16))
    }
}
