import Foundation
import Testing

@testable import Verification

struct ScoreReportTests {
    private func file(_ text: String) throws -> TrialFile {
        try TrialFile(contents: Data(text.utf8), name: "scores.txt")
    }

    @Test func numbersStandUnderFullNames() throws {
        let report = try ScoreReport(
            file("1 0.9\n1 0.8\n1 0.4\n0 0.5\n0 0.3\n0 0.2\n0 0.1\n"), options: .init(drawCount: 0))
        let names = report.figures.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(report.figures.first { $0.name == "EER[interpolated]" }?.value == 0.25)
        #expect(report.figures.contains { $0.name == "minDCF[P_target=1e-2, C_miss=1, C_fa=1, normalised]" })
        // 30 impostors are needed for a rate of 1, so none of these rates is supported by four.
        #expect(report.figures.filter { $0.name.hasPrefix("TAR@FAR") }.allSatisfy { !$0.isSupported })
        #expect(report.method == nil)
    }

    @Test func identitiesAreDrawnWhereNamesTellThem() throws {
        var text = ""
        for left in 0..<25 {
            for right in left..<25 {
                let score = left == right ? Double(left % 7) + 3 : Double((left * right) % 9)
                text += "\(left == right ? 1 : 0) id\(left)/a id\(right)/b \(score)\n"
            }
        }
        let report = try ScoreReport(file(text), options: .init(drawCount: 50))
        #expect(report.method?.contains("25 identities") == true)
        #expect(report.warnings.isEmpty)
        #expect(report.figures.allSatisfy { $0.interval != nil })
    }

    @Test func speakersAreDrawnForSpoofsAndTrialsForWantOfBetter() throws {
        let spoofing = try ScoreReport(
            file("s1 u1 - - bonafide 2\ns2 u2 - - bonafide 1\ns1 u3 - A1 spoof 0\ns1 u4 - A2 spoof 1.5\n"),
            options: .init(drawCount: 20))
        #expect(spoofing.method?.contains("4 speakers") == true)
        #expect(spoofing.impostorKind == .spoof)
        #expect(spoofing.figures.contains { $0.name == "EER[attack A2, interpolated]" && $0.value > 0.2 })
        let bare = try ScoreReport(file("1 2\n1 1\n0 0\n0 1.5\n"), options: .init(drawCount: 20))
        #expect(bare.warnings.contains { $0.contains("independent") })
    }

    @Test func whatCannotBeMeasuredIsRefused() throws {
        for text in ["1 0.5\n1 0.7\n", "0 0.5\n0 0.7\n", "1 a b\n0 a c\n", "u1 0.5\nu2 0.25\n"] {
            #expect(throws: TrialFileError.self, "\(text)") { try ScoreReport(file(text)) }
        }
    }

    @Test func reversedScoresAreRemarked() throws {
        let report = try ScoreReport(file("1 0.1\n1 0.2\n0 0.9\n0 0.8\n"), options: .init(drawCount: 0))
        #expect(report.warnings.contains { $0.contains("lower is genuine") })
    }

    @Test func keysFromAList() throws {
        let scores = try file("LA_E_1 -3.5\nLA_E_2 2\n")
        let keys = try file(
            "LA_9 LA_E_2 none - bonafide bonafide notrim eval\nLA_9 LA_E_1 alaw ita_tx A07 spoof notrim eval\n")
        let joined = try scores.keyed(by: keys)
        #expect(joined.kinds == [.spoof, .genuine])
        #expect(joined.attackNames[Int(joined.attacks[0])] == "A07")
        let error = try #require(throws: TrialFileError.self) { try file("LA_E_3 1\nLA_E_1 2\n").keyed(by: keys) }
        #expect(error.message.contains("LA_E_3"))
        #expect(joined.unscoredCount == 0)
        let partial = try file("e1 t1 1.5\ne1 t2 0.5\n").keyed(by: file("e1 t1 target\ne1 t2 nontarget\ne2 t1 nontarget\n"))
        #expect(
            try ScoreReport(partial, options: .init(drawCount: 0)).warnings.contains {
                $0.hasPrefix("1 trials of the key")
            })
        let kaldi = try file("e1 t1 3.5\ne1 t2 -1\n").keyed(by: file("e1 t2 nontarget\ne1 t1 target\n"))
        #expect(kaldi.kinds == [.genuine, .impostor])
    }

    @Test(
        .enabled(if: ReferenceScores.arePresent, "needs ../shared/data/scoring_refs"),
        arguments: [
            "dev_example_v1", "B01_LA_eval", "AIR_amsoftmax",
        ])
    func organisersAnswers(_ system: String) throws {
        let answer = try ReferenceScores.answer(system)
        let report = try ScoreReport(
            TrialFile(contents: ReferenceScores.contents(of: answer.cm), name: answer.cm),
            verifier: TrialFile(contents: ReferenceScores.contents(of: answer.asv), name: answer.asv),
            options: .init(drawCount: 0))
        func value(_ beginning: String) throws -> Double {
            try #require(report.figures.first { $0.name.hasPrefix(beginning) }).value
        }
        #expect(try 100 * value("EER[mean at closest, ties split]") == answer.cm_eer)
        #expect(try 100 * value("ASV EER[mean at closest, ties split]") == answer.asv_eer)
        let legacy = try value("min t-DCF[pooled over attacks, 2019 form")
        let revised = try value("min t-DCF[pooled over attacks, revised form")
        #expect(legacy.isNear(answer.min_tDCF_legacy2019, within: 2e-16))
        #expect(revised.isNear(answer.min_tDCF_revised_v2, within: 2e-16))
        for (attack, rate) in answer.per_attack_eer {
            let found = try value("EER[attack \(attack), mean at closest, ties split]")
            #expect((100 * found).isNear(rate, within: 5e-5))
        }
    }
}
