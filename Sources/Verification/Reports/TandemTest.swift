/// A speaker verifier's scores, for the tandem costs of a countermeasure.
struct TandemTest {
    private let verifier: ErrorRateCurve
    private let pooled: SpeakerVerifierRates
    private let spoofsOfAttack: [String: [Double]]
    private static let costs: [TandemCost] = [.legacy2019, .revised]

    init(verifier file: TrialFile) throws {
        for (kind, word) in [(TrialKind.genuine, "target"), (.impostor, "nontarget"), (.spoof, "spoof")]
        where !file.kinds.contains(kind) {
            throw TrialFileError(
                file: file.name,
                message: "has no trial with the key “\(word)”; a tandem cost needs the speaker verifier's scores of "
                    + "targets, non-targets and spoofs")
        }
        guard !file.scores.isEmpty else { throw TrialFileError(file: file.name, message: "has no scores") }
        verifier = ErrorRateCurve(
            try Scores(genuine: file.scores(of: .genuine), impostor: file.scores(of: .impostor)))
        pooled = try SpeakerVerifierRates(atEqualErrorRateOf: verifier, spoof: file.scores(of: .spoof))
        var spoofsOfAttack: [String: [Double]] = [:]
        for trial in file.kinds.indices where file.kinds[trial] == .spoof && !file.attacks.isEmpty {
            spoofsOfAttack[file.attackNames[Int(file.attacks[trial])], default: []].append(file.scores[trial])
        }
        self.spoofsOfAttack = spoofsOfAttack
    }

    /// The costs over all attacks.
    func metrics() throws(VerificationError) -> [(metric: Metric, isMain: Bool)] {
        var metrics: [(metric: Metric, isMain: Bool)] = []
        for cost in Self.costs {
            metrics.append((try .minimumTandemCost(cost, beside: pooled, qualifier: "pooled over attacks"), true))
        }
        return metrics
    }

    /// The costs of one attack: with the verifier's rate for that attack where it has trials of it, and with its
    /// rate pooled over attacks, which is another number by another name.
    func metrics(attack: String) throws(VerificationError) -> [(metric: Metric, isMain: Bool)] {
        var metrics: [(metric: Metric, isMain: Bool)] = []
        if let spoofs = spoofsOfAttack[attack] {
            let rates = try SpeakerVerifierRates(atEqualErrorRateOf: verifier, spoof: spoofs)
            let qualifier = "attack \(attack), ASV spoof rate of the attack"
            for cost in Self.costs {
                metrics.append((try .minimumTandemCost(cost, beside: rates, qualifier: qualifier), true))
            }
        }
        for cost in Self.costs {
            let qualifier = "attack \(attack), ASV spoof rate pooled"
            metrics.append((try .minimumTandemCost(cost, beside: pooled, qualifier: qualifier), false))
        }
        return metrics
    }

    /// The verifier's own rates.
    var figures: [ScoreReport.Figure] {
        let convention = EqualErrorRate.Convention.meanAtClosestTiesSplit
        let equal = verifier.equalErrorRate(convention)
        return [
            ("ASV EER[\(convention.rawValue)]", equal.rate), ("ASV threshold[at its EER]", pooled.threshold),
            ("ASV miss rate[at its EER threshold]", pooled.missRate),
            ("ASV false accept rate[at its EER threshold]", pooled.falseAcceptRate),
            ("ASV spoof rejection rate[at its EER threshold]", pooled.spoofMissRate),
        ].map { ScoreReport.Figure(name: $0.0, value: $0.1, interval: nil, isSupported: true, isMain: false) }
    }
}
