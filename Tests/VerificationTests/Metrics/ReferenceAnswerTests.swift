import Foundation
import Testing

@testable import Verification

/// Published score files against the numbers that the organisers' own script gives for them.
@Suite(.enabled(if: ReferenceScores.arePresent, "needs ../shared/data/scoring_refs"))
struct ReferenceAnswerTests {
    @Test(arguments: ["dev_example_v1", "B01_LA_eval", "AIR_amsoftmax"])
    func countermeasureEqualErrorRate(_ system: String) throws {
        let answer = try ReferenceScores.answer(system)
        let lines = try ReferenceScores.lines(of: answer.cm)
        let bonaFide = lines.filter { $0.key == "bonafide" }.map(\.score)
        let spoof = lines.filter { $0.key == "spoof" }
        let all = ErrorRateCurve(try Scores(genuine: bonaFide, impostor: spoof.map(\.score)))
        #expect((100 * all.equalErrorRate(.meanAtClosestTiesSplit).rate).isNear(answer.cm_eer))

        for (attack, rate) in answer.per_attack_eer {
            let curve = ErrorRateCurve(
                try Scores(genuine: bonaFide, impostor: spoof.filter { $0.attack == attack }.map(\.score)))
            #expect(
                (100 * curve.equalErrorRate(.meanAtClosestTiesSplit).rate).isNear(rate, within: 5e-5), "\(attack)")
        }
    }

    /// Without ties at the crossing both conventions agree; with some they do not, and by how much is shown here.
    @Test func tiesMovedTogetherDifferWhereTiesLieAtTheCrossing() throws {
        for (system, rate) in [("B01_LA_eval", 9.572028206918128), ("dev_example_v1", 4.688423492771319)] {
            let lines = try ReferenceScores.lines(of: ReferenceScores.answer(system).cm)
            let curve = ErrorRateCurve(
                try Scores(labelled: lines.map { (score: $0.score, isGenuine: $0.key == "bonafide") }))
            #expect((100 * curve.equalErrorRate(.meanAtClosest).rate).isNear(rate))
        }
    }

    @Test(arguments: ["dev_example_v1", "B01_LA_eval"])
    func speakerVerifierAtItsThreshold(_ system: String) throws {
        let answer = try ReferenceScores.answer(system)
        let lines = try ReferenceScores.lines(of: answer.asv)
        let curve = ErrorRateCurve(
            try Scores(
                genuine: lines.filter { $0.key == "target" }.map(\.score),
                impostor: lines.filter { $0.key == "nontarget" }.map(\.score)))
        let equal = curve.equalErrorRate(.meanAtClosestTiesSplit)
        #expect((100 * equal.rate).isNear(answer.asv_eer))
        #expect(equal.threshold == answer.asv_threshold)
        #expect(curve.point(at: answer.asv_threshold).falseAcceptRate.isNear(answer.Pfa_asv))
        #expect(curve.point(at: answer.asv_threshold).falseRejectRate.isNear(answer.Pmiss_asv))
    }
}
