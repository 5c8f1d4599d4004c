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

    /// Numbers that scikit-learn 1.x and SciPy give for the same files, by the peers' own recipes.
    struct PeerNumbers: Sendable {
        let system: String
        let maximumAtClosestCorner, rocRoot, areaUnderCurve, dPrime: Double
        /// TAR at FAR 1e-3, then at 1e-2.
        let interpolated, nearest, impostorRank, atMost: [Double]
    }

    @Test(arguments: [
        PeerNumbers(
            system: "dev_example_v1", maximumAtClosestCorner: 0.047069597069597124, rocRoot: 0.04669887278465835,
            areaUnderCurve: 0.9900651040898626, dPrime: 1.7144507538902811,
            interpolated: [0.27087912087912086, 0.7272893772893773],
            nearest: [0.27216117216117214, 0.7272893772893773],
            impostorRank: [0.27087912087912086, 0.7250915750915751], atMost: [0.27087912087912086, 0.7272893772893773]),
        PeerNumbers(
            system: "B01_LA_eval", maximumAtClosestCorner: 0.09572336495413418, rocRoot: 0.09571719918412581,
            areaUnderCurve: 0.9665532448071797, dPrime: 2.030189910853438,
            interpolated: [0.11380013596193066, 0.4443235893949694],
            nearest: [0.11380013596193066, 0.44473147518694767],
            impostorRank: [0.113256288239293, 0.4443235893949694], atMost: [0.11380013596193066, 0.4443235893949694]),
        PeerNumbers(
            system: "AIR_amsoftmax", maximumAtClosestCorner: 0.03167912984364374, rocRoot: 0.03162080085087543,
            areaUnderCurve: 0.9929259602558771, dPrime: 5.1686169648905205,
            interpolated: [0.11296832087015636, 0.8396519374575119],
            nearest: [0.11447994561522773, 0.8399728076138682],
            impostorRank: [0.11203263086335825, 0.8391570360299117], atMost: [0.11284840244731476, 0.8394289598912305]),
    ])
    func peersRecipes(_ peer: PeerNumbers) throws {
        let lines = try ReferenceScores.lines(of: ReferenceScores.answer(peer.system).cm)
        let curve = ErrorRateCurve(
            try Scores(labelled: lines.map { (score: $0.score, isGenuine: $0.key == "bonafide") }))
        #expect(curve.equalErrorRate(.maximumAtClosestCorner).rate.isNear(peer.maximumAtClosestCorner))
        #expect(curve.equalErrorRate(.rocRoot).rate.isNear(peer.rocRoot, within: 1e-11))
        #expect(curve.areaUnderCurve().isNear(peer.areaUnderCurve, within: 1e-11))
        #expect(curve.dPrime().isNear(peer.dPrime, within: 1e-10))
        for (place, rate) in [1e-3, 1e-2].enumerated() {
            #expect(curve.trueAcceptRate(atFalseAcceptRate: rate, .interpolated).isNear(peer.interpolated[place]))
            #expect(curve.trueAcceptRate(atFalseAcceptRate: rate, .nearest).isNear(peer.nearest[place]))
            #expect(curve.trueAcceptRate(atFalseAcceptRate: rate, .impostorRank).isNear(peer.impostorRank[place]))
            #expect(curve.trueAcceptRate(atFalseAcceptRate: rate, .atMost).isNear(peer.atMost[place]))
        }
    }
}
