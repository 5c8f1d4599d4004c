/// A score file taken as a test of detection: genuine trials against impostors, or bona fide ones against spoofs.
struct DetectionTest {
    let file: TrialFile
    /// What the genuine trials are set against.
    let impostorKind: TrialKind
    let scores: Scores
    let curve: ErrorRateCurve
    private(set) var warnings: [String] = []

    init(_ file: TrialFile) throws {
        guard !file.scores.isEmpty else {
            throw TrialFileError(file: file.name, message: "is a list of trials (\(file.layout.name)) without scores")
        }
        guard !file.kinds.isEmpty else {
            throw TrialFileError(
                file: file.name,
                message: "has scores without keys (\(file.layout.name)); name the list that has them with --key")
        }
        let kinds = Set(file.kinds)
        guard kinds.contains(.genuine) else {
            throw TrialFileError(file: file.name, message: "is one-sided: \(VerificationError.noGenuineTrials)")
        }
        guard kinds.count > 1 else {
            throw TrialFileError(file: file.name, message: "is one-sided: \(VerificationError.noImpostorTrials)")
        }
        let impostorKind: TrialKind = kinds.contains(.impostor) ? .impostor : .spoof
        self.file = file
        self.impostorKind = impostorKind
        scores = try Scores(genuine: file.scores(of: .genuine), impostor: file.scores(of: impostorKind))
        curve = ErrorRateCurve(scores)
        let leftOut = file.kinds.count { $0 != .genuine && $0 != impostorKind }
        if leftOut > 0 {
            warnings.append("\(leftOut) spoofed trials are left out: genuine stand against impostor trials")
        }
        if file.unscoredCount > 0 {
            warnings.append("\(file.unscoredCount) trials of the key list have no score and are left out")
        }
        if file.duplicateCount > 0 {
            warnings.append("\(file.duplicateCount) trials stand in the file more than once, and count as often")
        }
    }

    /// The trials with what a bootstrap draws: identities where names tell them, speakers (and attacks) where there
    /// is such a column, else single trials.
    ///
    /// - Parameter identities: whose each item is, by its name; told from the names if not given.
    func trials(identities: [String: String]? = nil) throws -> ScoredTrials {
        let used = file.kinds.indices.filter { file.kinds[$0] == .genuine || file.kinds[$0] == impostorKind }
        if let identities = try self.identities(by: identities, of: used) {
            let pairs = used.lazy.map { ItemPair(left: Int(file.left[$0]), right: Int(file.right[$0])) }
            let list = try TrialList(pairs: pairs, identities: identities)
            return try ScoredTrials(list, scores: used.map { file.scores[$0] })
        }
        let scores = used.map { file.scores[$0] }
        let isGenuine = used.map { file.kinds[$0] == .genuine }
        guard !file.speakers.isEmpty, file.right.isEmpty else {
            return try ScoredTrials(
                scores: scores, isGenuine: isGenuine, units: scores.indices, resampling: .trials)
        }
        let units = used.map { trial in
            let isSpoof = file.kinds[trial] != .genuine && !file.attacks.isEmpty
            return UInt64(file.speakers[trial]) << 32 | (isSpoof ? UInt64(file.attacks[trial]) + 1 : 0)
        }
        return try ScoredTrials(scores: scores, isGenuine: isGenuine, units: units, resampling: .speakersAndAttacks)
    }

    /// The identity of every item; none where nothing tells it.
    ///
    /// - Throws: ``TrialFileError`` where a list leaves an item out or contradicts a key.
    private func identities(by list: [String: String]?, of used: [Int]) throws -> [String]? {
        guard let list else {
            return file.identityRule.map { rule in file.items.map { String(rule.identity(of: $0) ?? "") } }
        }
        guard !file.right.isEmpty else {
            throw TrialFileError(
                file: file.name, message: "(\(file.layout.name)) has no pairs, so a list of identities has no use")
        }
        let identities = try file.items.map { item in
            guard let identity = list[item] else {
                throw TrialFileError(
                    file: file.name, message: "names “\(item)”, of which the list of identities has none")
            }
            return identity
        }
        for trial in used {
            let (left, right) = (Int(file.left[trial]), Int(file.right[trial]))
            guard (identities[left] == identities[right]) == (file.kinds[trial] == .genuine) else {
                throw TrialFileError(
                    file: file.name,
                    message: "calls the trial “\(file.items[left]) \(file.items[right])” "
                        + "\(file.kinds[trial].rawValue), but the list of identities says \(identities[left]) and "
                        + "\(identities[right])")
            }
        }
        return identities
    }

    /// The equal error rate of each attack against all bona fide trials, and its tandem cost beside a verifier.
    func attackFigures(beside tandem: TandemTest?, warnings: inout [String]) throws -> [ScoreReport.Figure] {
        guard impostorKind == .spoof, !file.attacks.isEmpty else { return [] }
        var scoresOfAttack: [UInt32: [Double]] = [:]
        for trial in file.kinds.indices where file.kinds[trial] == .spoof {
            scoresOfAttack[file.attacks[trial], default: []].append(file.scores[trial])
        }
        var figures: [ScoreReport.Figure] = []
        for (attack, spoofs) in scoresOfAttack.sorted(by: {
            file.attackNames[Int($0.key)] < file.attackNames[Int($1.key)]
        }) {
            let name = file.attackNames[Int(attack)]
            let curve = ErrorRateCurve(try Scores(genuine: scores.genuine, impostor: spoofs))
            for convention in [EqualErrorRate.Convention.meanAtClosestTiesSplit, .interpolated] {
                figures.append(
                    figure(
                        "EER[attack \(name), \(convention.rawValue)]", curve.equalErrorRate(convention).rate,
                        isMain: convention == .meanAtClosestTiesSplit))
            }
            guard let tandem else { continue }
            do {
                for (metric, isMain) in try tandem.metrics(attack: name) {
                    figures.append(figure(metric.name, metric(curve), isMain: isMain))
                }
            } catch {
                warnings.append("attack \(name): \(error)")
            }
        }
        return figures
    }

    /// LFW's accuracies.
    func foldFigures(_ foldCount: Int) throws(VerificationError) -> [ScoreReport.Figure] {
        let pairs = try FoldedPairs(
            scores: file.scores, isSame: file.kinds.map { $0 == .genuine }, foldCount: foldCount)
        // Squared distances between unit vectors are cosines in another form; other scores have none.
        let isCosine = file.scores.allSatisfy { $0.magnitude <= 1 + 1e-6 }
        let choices: [FoldedPairs.ThresholdChoice] = isCosine ? [.amongScores, .squaredDistanceGrid] : [.amongScores]
        return (choices.map { pairs.accuracy($0).mean } + [pairs.optimisticAccuracy()]).map {
            figure($0.name, $0.value)
        }
    }

    private func figure(_ name: String, _ value: Double, isMain: Bool = true) -> ScoreReport.Figure {
        ScoreReport.Figure(name: name, value: value, interval: nil, isSupported: true, isMain: isMain)
    }
}

extension TrialFile {
    /// The scores of one kind of trials, in the file's order.
    func scores(of kind: TrialKind) -> [Double] {
        kinds.indices.filter { kinds[$0] == kind }.map { scores[$0] }
    }

    /// Genuine and impostor scores, for choosing thresholds and calibrations; spoofs where there are no impostors.
    ///
    /// - Throws: ``TrialFileError`` where there are no scores, no keys, or only one side.
    public func detectionScores() throws -> Scores {
        try DetectionTest(self).scores
    }

    /// The same scores with what a bootstrap draws: identities, speakers and attacks, or single trials.
    ///
    /// - Throws: what ``detectionScores()`` does.
    public func detectionTrials() throws -> ScoredTrials {
        try DetectionTest(self).trials()
    }
}
