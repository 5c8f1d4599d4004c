/// The application in which a spoofing countermeasure and a speaker verifier work in tandem, and the form in
/// which its cost is written.
///
/// The two forms are different numbers on the same scores, so the form is part of a metric's name.
public struct TandemCost: Hashable, Sendable, Codable {
    /// Which of the organisers' two formulas.
    public enum Form: String, CaseIterable, Codable, Sendable {
        /// ASVspoof 2019: the verifier's own errors lower C₁, normalised by min(C₁, C₂) (Kinnunen et al. 2018).
        case legacy2019 = "2019 form"
        /// ASVspoof 2021: with the floor C₀ of the verifier alone, normalised by C₀ + min(C₁, C₂)
        /// (Kinnunen et al. 2020).
        case revised = "revised form"
    }

    public let form: Form
    /// The share of spoofs among all trials; the rest are targets and non-targets at 99 : 1.
    public let spoofPrior: Double
    /// What the verifier's miss costs.
    public let missCost: Double
    /// What the verifier's acceptance of a non-target costs.
    public let falseAcceptCost: Double
    /// What the countermeasure's rejection of a target costs (the 2019 form alone tells it from ``missCost``).
    public let countermeasureMissCost: Double
    /// What accepting a spoof costs.
    public let spoofCost: Double

    private init(_ form: Form) {
        self.form = form
        spoofPrior = 0.05
        missCost = 1
        falseAcceptCost = 10
        countermeasureMissCost = 1
        spoofCost = 10
    }

    /// The 2019 challenge's priors and costs in the form it used.
    public static let legacy2019 = TandemCost(.legacy2019)
    /// The 2021 challenge's priors and costs in the form it used.
    public static let revised = TandemCost(.revised)

    var targetPrior: Double { (1 - spoofPrior) * 0.99 }
    var nontargetPrior: Double { (1 - spoofPrior) * 0.01 }

    /// The convention, as it stands in a metric's name.
    var convention: String {
        "\(form.rawValue), P_spoof=\(scientific(spoofPrior)), C_miss=\(plain(missCost)), "
            + "C_fa=\(plain(falseAcceptCost)), C_spoof=\(plain(spoofCost)), ASV at its EER"
    }

    /// t-DCF(s) = `floor` + `miss` · P_miss(s) + `falseAccept` · P_fa(s), not yet normalised.
    struct Weights: Hashable {
        let floor, miss, falseAccept: Double
        /// The cost of the better blind countermeasure.
        var blind: Double { floor + min(miss, falseAccept) }
    }

    /// The weights of the countermeasure's errors beside a verifier.
    ///
    /// - Throws: ``VerificationError/undefinedTandemCost(name:reason:)`` where C₁ or C₂ is not positive.
    func weights(beside verifier: SpeakerVerifierRates) throws(VerificationError) -> Weights {
        let weights: Weights
        switch form {
        case .legacy2019:
            weights = Weights(
                floor: 0,
                miss: targetPrior * (countermeasureMissCost - missCost * verifier.missRate)
                    - nontargetPrior * falseAcceptCost * verifier.falseAcceptRate,
                falseAccept: spoofCost * spoofPrior * (1 - verifier.spoofMissRate))
        case .revised:
            let floor =
                targetPrior * missCost * verifier.missRate
                + nontargetPrior * falseAcceptCost * verifier.falseAcceptRate
            weights = Weights(
                floor: floor, miss: targetPrior * missCost - floor,
                falseAccept: spoofPrior * spoofCost * (1 - verifier.spoofMissRate))
        }
        guard weights.miss > 0 else {
            throw .undefinedTandemCost(
                name: "min t-DCF[\(convention)]",
                reason: "C₁ = \(weights.miss) is not positive: the speaker verifier errs too often by itself "
                    + "(misses \(verifier.missRate), false accepts \(verifier.falseAcceptRate))")
        }
        guard weights.falseAccept > 0 else {
            throw .undefinedTandemCost(
                name: "min t-DCF[\(convention)]",
                reason: "C₂ = \(weights.falseAccept) is not positive: the speaker verifier accepts no spoof at its "
                    + "threshold \(verifier.threshold), so a countermeasure has nothing to do")
        }
        return weights
    }
}

extension ErrorRateCurve {
    /// The lowest normalised tandem cost at any threshold of the countermeasure whose curve this is (bona fide
    /// trials as genuine, spoofs as impostors).
    ///
    /// The organisers' script rejects equal scores one by one; the points this adds are never cheaper, so the
    /// minimum is the same.
    ///
    /// - Throws: ``VerificationError/undefinedTandemCost(name:reason:)`` where C₁ or C₂ is not positive,
    ///   ``VerificationError/hardDecisions(distinctCount:)`` where the scores take fewer than 3 values.
    public func minimumTandemCost(
        _ cost: TandemCost, beside verifier: SpeakerVerifierRates
    ) throws(VerificationError) -> Double {
        try requireSoftScores()
        return minimumTandemCost(try cost.weights(beside: verifier))
    }

    /// Refuses decisions in the place of scores, as the organisers do.
    public func requireSoftScores() throws(VerificationError) {
        var distinctCount = 0
        var next: Double? = lowestScore(0, 0)
        while let score = next, distinctCount < 3 {
            distinctCount += 1
            next = lowestScore(
                genuine.firstPlace { genuine.scores[$0] > score }, impostor.firstPlace { impostor.scores[$0] > score })
        }
        guard distinctCount >= 3 else { throw .hardDecisions(distinctCount: distinctCount) }
    }

    fileprivate func minimumTandemCost(_ weights: TandemCost.Weights) -> Double {
        let best = lowestWeightedError(missWeight: weights.miss, falseAcceptWeight: weights.falseAccept)
        return (weights.floor + best.value) / weights.blind
    }
}

extension Metric {
    /// The lowest normalised tandem cost beside a verifier with fixed error rates.
    ///
    /// - Parameter qualifier: what the trials are restricted to, for the name, such as "attack A07".
    /// - Throws: ``VerificationError/undefinedTandemCost(name:reason:)`` where C₁ or C₂ is not positive.
    public static func minimumTandemCost(
        _ cost: TandemCost, beside verifier: SpeakerVerifierRates, qualifier: String? = nil
    ) throws(VerificationError) -> Metric {
        let weights = try cost.weights(beside: verifier)
        let name = "min t-DCF[\(qualifier.map { "\($0), " } ?? "")\(cost.convention)]"
        return Metric(name: name) { $0.minimumTandemCost(weights) }
    }
}
