import Foundation

/// What errors cost and how often targets come: an application, in the words of NIST's evaluations.
///
/// ```
/// DCF(t) = C_miss · P_target · FRR(t) + C_fa · (1 − P_target) · FAR(t)
/// ```
///
/// Divided by min(C_miss · P_target, C_fa · (1 − P_target)), the cost of accepting all or nothing, it is 1 for a
/// system that tells nothing. SpeechBrain leaves the division out, so it is part of the name.
public struct DetectionCost: Hashable, Sendable, Codable {
    /// The share of genuine trials in the application, in (0, 1).
    public let targetPrior: Double
    /// What rejecting a genuine trial costs, > 0.
    public let missCost: Double
    /// What accepting an impostor costs, > 0.
    public let falseAcceptCost: Double
    /// Whether costs are divided by that of the better blind decision.
    public let isNormalized: Bool

    /// Names an application.
    ///
    /// - Throws: ``VerificationError/rateOutOfRange(what:value:allowed:)``.
    public init(
        targetPrior: Double, missCost: Double = 1, falseAcceptCost: Double = 1, isNormalized: Bool = true
    ) throws(VerificationError) {
        guard targetPrior > 0, targetPrior < 1 else {
            throw .rateOutOfRange(what: "prior of targets", value: targetPrior, allowed: "above 0 and below 1")
        }
        for (what, cost) in [("cost of a miss", missCost), ("cost of a false accept", falseAcceptCost)] {
            guard cost > 0, cost.isFinite else { throw .rateOutOfRange(what: what, value: cost, allowed: "above 0") }
        }
        self.init(
            checkedPrior: targetPrior, missCost: missCost, falseAcceptCost: falseAcceptCost,
            isNormalized: isNormalized)
    }

    private init(checkedPrior: Double, missCost: Double, falseAcceptCost: Double, isNormalized: Bool) {
        targetPrior = checkedPrior
        self.missCost = missCost
        self.falseAcceptCost = falseAcceptCost
        self.isNormalized = isNormalized
    }

    /// P_target = 0.01 and unit costs: wespeaker, VoxSRC, and one of SRE16's two points.
    public static let onePercent = DetectionCost(
        checkedPrior: 0.01, missCost: 1, falseAcceptCost: 1, isNormalized: true)
    /// P_target = 0.05 and unit costs: voxceleb_trainer.
    public static let fivePercent = DetectionCost(
        checkedPrior: 0.05, missCost: 1, falseAcceptCost: 1, isNormalized: true)

    /// The weight of FRR, C_miss · P_target.
    var missWeight: Double { missCost * targetPrior }

    /// The weight of FAR, C_fa · (1 − P_target).
    var falseAcceptWeight: Double { falseAcceptCost * (1 - targetPrior) }

    /// What costs are divided by.
    var denominator: Double { isNormalized ? min(missWeight, falseAcceptWeight) : 1 }

    /// The log-likelihood ratio from which accepting is cheaper: −ln(C_miss P_target / (C_fa (1 − P_target))).
    public var bayesThreshold: Double { -log(missWeight / falseAcceptWeight) }

    /// The convention, as it stands in a metric's name.
    var convention: String {
        "P_target=\(scientific(targetPrior)), C_miss=\(plain(missCost)), C_fa=\(plain(falseAcceptCost)), "
            + (isNormalized ? "normalised" : "not normalised")
    }
}

extension ErrorRateCurve {
    /// The lowest cost at any threshold, and the lowest threshold that has it.
    public func minimumCost(_ cost: DetectionCost) -> (cost: Double, threshold: Double) {
        let best = lowestWeightedError(missWeight: cost.missWeight, falseAcceptWeight: cost.falseAcceptWeight)
        return (best.value / cost.denominator, best.threshold)
    }

    /// The cost of the decisions that scores make if they are log-likelihood ratios: at the threshold
    /// ``DetectionCost/bayesThreshold``.
    public func actualCost(_ cost: DetectionCost) -> Double {
        let point = point(at: cost.bayesThreshold)
        return (cost.missWeight * point.falseRejectRate + cost.falseAcceptWeight * point.falseAcceptRate)
            / cost.denominator
    }

    /// The least missWeight · FRR + falseAcceptWeight · FAR, in one step per run of scores of one side.
    ///
    /// Between two genuine scores only FAR falls as the threshold rises, so the minimum lies at the first genuine
    /// score of a run or above all scores.
    func lowestWeightedError(
        missWeight: Double, falseAcceptWeight: Double
    ) -> (value: Double, threshold: Double) {
        let (genuineWeight, impostorWeight) = (genuineWeight, impostorWeight)
        var best = (value: missWeight, run: -1)
        var run = 0
        forEachRun { genuine, impostor in
            let value =
                missWeight * (genuine.before / genuineWeight)
                + falseAcceptWeight * ((impostorWeight - impostor.before) / impostorWeight)
            if genuine.start < genuine.end, value < best.value || (value == best.value && best.run < 0) {
                best = (value, run)
            }
            run &+= 1
        }
        guard best.run >= 0 else { return (best.value, acceptingNothing.threshold) }
        return (best.value, genuine.scores[Int(runs.places[best.run].genuine)])
    }
}

extension Metric {
    /// The lowest detection cost at any threshold.
    public static func minimumCost(_ cost: DetectionCost) -> Metric {
        Metric(name: "minDCF[\(cost.convention)]") { $0.minimumCost(cost).cost }
    }

    /// The detection cost at the Bayes threshold; it has a meaning for log-likelihood ratios only.
    public static func actualCost(_ cost: DetectionCost) -> Metric {
        Metric(name: "actDCF[\(cost.convention), Bayes threshold on LLRs]") { $0.actualCost(cost) }
    }
}
