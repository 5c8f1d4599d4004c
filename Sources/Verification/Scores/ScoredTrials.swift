/// A trial list with one system's scores: what an interval that resamples identities needs.
///
/// Scores are sorted once, here; a bootstrap re-weights them and never sorts again.
public struct ScoredTrials: Sendable {
    /// The number of identities, or of other units that are drawn, that take part in at least one trial.
    public let identityCount: Int
    /// What a bootstrap draws.
    public let resampling: Resampling

    /// What was scored: two systems can be compared if theirs are equal.
    let design: Design

    /// What was scored, without scores.
    enum Design: Hashable, Sendable {
        case pairs(TrialList)
        case units([UInt32], isGenuine: [Bool])
    }

    let genuine: ResampledScores
    let impostor: ResampledScores

    /// Joins a list with its scores.
    ///
    /// - Parameters:
    ///   - list: the trials.
    ///   - scores: one score per pair of the list, in its order, higher for "same"; what stands at an item
    ///     compared with itself is ignored.
    /// - Throws: ``VerificationError`` if the counts differ, a score is not finite, or one side is empty.
    public init(_ list: TrialList, scores: [Double]) throws(VerificationError) {
        guard scores.count == list.count else {
            throw .countMismatch(what: "scores", count: scores.count, expected: list.count)
        }
        var genuine = ResampledScores.Builder(isGenuine: true)
        var impostor = ResampledScores.Builder(isGenuine: false)
        var units = IdentityUnits(identityOfItem: list.identityOfItem)
        for trial in 0..<list.count where !list.isSelfComparison(trial) {
            guard scores[trial].isFinite else {
                throw .nonFiniteScore(set: "list", trial: trial, value: "\(scores[trial])")
            }
            let left = units.unit(of: list.left[trial])
            let right = units.unit(of: list.right[trial])
            if left == right {
                genuine.append(scores[trial], left, right)
            } else {
                impostor.append(scores[trial], left, right)
            }
        }
        guard !genuine.isEmpty else { throw .noGenuineTrials }
        guard !impostor.isEmpty else { throw .noImpostorTrials }
        design = .pairs(list)
        resampling = .identities
        self.genuine = genuine.sorted()
        self.impostor = impostor.sorted()
        identityCount = units.count
    }

    /// Takes trials that each belong to one unit, such as the utterances of a spoofing test.
    ///
    /// - Parameters:
    ///   - scores: one score per trial, higher for genuine.
    ///   - isGenuine: what each trial is.
    ///   - units: the unit of each trial: what is drawn together.
    ///   - resampling: what the units are.
    /// - Throws: ``VerificationError`` if the counts differ, a score is not finite, or one side is empty.
    public init(
        scores: [Double], isGenuine: [Bool], units: some Sequence<some Hashable>, resampling: Resampling
    ) throws(VerificationError) {
        precondition(resampling != .identities, "trials of two identities come from a TrialList")
        let units = numbered(units)
        for (what, count) in [("labels", isGenuine.count), ("units", units.count)] where count != scores.count {
            throw .countMismatch(what: what, count: count, expected: scores.count)
        }
        try requireFinite(scores, set: "list")
        var genuine = ResampledScores.Builder(isGenuine: true)
        var impostor = ResampledScores.Builder(isGenuine: false)
        let unitCount = (units.max() ?? 0) + 1
        for trial in scores.indices {
            // The other side is the place after all units, which counts once in every draw.
            if isGenuine[trial] {
                genuine.append(scores[trial], units[trial], unitCount)
            } else {
                impostor.append(scores[trial], units[trial], unitCount)
            }
        }
        guard !genuine.isEmpty else { throw .noGenuineTrials }
        guard !impostor.isEmpty else { throw .noImpostorTrials }
        design = .units(units, isGenuine: isGenuine)
        self.resampling = resampling
        self.genuine = genuine.sorted()
        self.impostor = impostor.sorted()
        identityCount = Int(unitCount)
    }

    /// Scores every pair of a list by a function.
    ///
    /// - Throws: what `score` throws, and ``VerificationError`` as ``init(_:scores:)`` does.
    public init(_ list: TrialList, score: (ItemPair) throws -> Double) throws {
        try self.init(list, scores: (0..<list.count).map { try score(list[$0]) })
    }

    /// The same scores with every trial a unit of its own, for showing what that does to an interval.
    ///
    /// - Throws: nothing that these trials did not throw before.
    public func takenAsIndependent() throws(VerificationError) -> ScoredTrials {
        let scores = genuine.scores + impostor.scores
        return try ScoredTrials(
            scores: scores, isGenuine: scores.indices.map { $0 < genuine.scores.count }, units: scores.indices,
            resampling: .trials)
    }

    /// The error-rate curve of the trials as they are, every trial counted once.
    public var curve: ErrorRateCurve {
        ErrorRateCurve(
            genuine: WeightedScores(sorted: genuine.scores), impostor: WeightedScores(sorted: impostor.scores))
    }
}

/// Numbers the identities that take part in trials, from zero, in order of their first trial.
private struct IdentityUnits {
    let identityOfItem: [UInt32]
    private var unitOfIdentity: [UInt32?]
    private(set) var count = 0

    init(identityOfItem: [UInt32]) {
        self.identityOfItem = identityOfItem
        unitOfIdentity = Array(repeating: nil, count: Int(identityOfItem.max() ?? 0) + 1)
    }

    mutating func unit(of item: UInt32) -> UInt32 {
        let identity = Int(identityOfItem[Int(item)])
        if let unit = unitOfIdentity[identity] { return unit }
        let unit = UInt32(count)
        unitOfIdentity[identity] = unit
        count += 1
        return unit
    }
}
