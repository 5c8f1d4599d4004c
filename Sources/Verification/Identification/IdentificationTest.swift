/// Probes searched in a gallery, some of whose people may not be in it.
///
/// ```
/// FPIR(t) = share of non-mated probes whose best score ≥ t
/// TPIR(t, k) = share of mated probes with a mate among the k best gallery items, scored ≥ t
/// ```
///
/// FPIR grows with the gallery: a threshold holds for the size it was chosen on.
public struct IdentificationTest: Sendable {
    /// The number of items in the gallery.
    public let galleryCount: Int
    /// The number of probes with a mate in the gallery.
    public var matedCount: Int { mated.count }
    /// The number of probes without one.
    public var nonMatedCount: Int { nonMatedBest.count }

    private let mated: [SearchedProbe.Mate]
    /// The best score of each non-mated probe, ascending.
    private let nonMatedBest: [Double]
    private let probeCount: Int
    /// The scores of all comparisons with others, ascending; none where searches alone were given.
    private let nonMates: [Double]

    /// Takes searches, one per probe.
    ///
    /// - Throws: ``VerificationError`` if no probe has a mate.
    public init(_ probes: [SearchedProbe], galleryCount: Int) throws(VerificationError) {
        try self.init(probes, galleryCount: galleryCount, nonMates: [])
    }

    private init(_ probes: [SearchedProbe], galleryCount: Int, nonMates: [Double]) throws(VerificationError) {
        mated = probes.compactMap(\.mate)
        guard !mated.isEmpty else { throw .empty(what: "probes with a mate in the gallery") }
        nonMatedBest = ascending(probes.filter { $0.mate == nil }.map(\.best))
        probeCount = probes.count
        self.nonMates = nonMates
        self.galleryCount = galleryCount
    }

    /// Takes the scores of all probes against the gallery.
    ///
    /// - Throws: ``VerificationError`` if counts differ or no probe has a mate.
    public init<Identity: Equatable>(
        _ matrix: ScoreMatrix, probeIdentities: [Identity], galleryIdentities: [Identity]
    ) throws(VerificationError) {
        guard probeIdentities.count == matrix.probeCount else {
            throw .countMismatch(what: "probe identities", count: probeIdentities.count, expected: matrix.probeCount)
        }
        guard galleryIdentities.count == matrix.galleryCount else {
            throw .countMismatch(
                what: "gallery identities", count: galleryIdentities.count, expected: matrix.galleryCount)
        }
        let probes = probeIdentities.indices.map { probe in
            matrix.withRow(probe) { scores in
                SearchedProbe(scores) { galleryIdentities[$0] == probeIdentities[probe] }
            }
        }
        let nonMates = matrix.values.indices.filter { place in
            galleryIdentities[place % matrix.galleryCount] != probeIdentities[place / matrix.galleryCount]
        }
        try self.init(
            probes, galleryCount: matrix.galleryCount, nonMates: ascending(nonMates.map { matrix.values[$0] }))
    }

    /// Closed-set identification: the share of mated probes with a mate among the k best items; items that tie are
    /// ordered by lot.
    public func identificationRate(rank: Int) -> NamedValue {
        NamedValue(
            name: "rank-\(rank) identification[closed set, gallery of \(galleryCount), ties by lot]",
            value: truePositiveRate(threshold: -.infinity, rank: rank))
    }

    /// TPIR(t, k) at any threshold.
    public func truePositiveRate(threshold: Double, rank: Int) -> Double {
        let found = mated.reduce(0.0) { sum, probe in
            probe.bestMate >= threshold ? sum + probe.group.chanceOfMatch(within: rank) : sum
        }
        return found / Double(mated.count)
    }

    /// FPIR(t) at any threshold; 0 if every probe has a mate.
    public func falsePositiveRate(threshold: Double) -> Double {
        guard !nonMatedBest.isEmpty else { return 0 }
        return Double(nonMatedBest.count { $0 >= threshold }) / Double(nonMatedBest.count)
    }

    /// TPIR at the lowest threshold whose FPIR is not over the rate asked; equal scores move together.
    ///
    /// - Throws: ``VerificationError`` if the rate is not in (0, 1) or every probe has a mate.
    public func truePositiveRate(
        atFalsePositiveRate rate: Double, rank: Int
    ) throws(VerificationError) -> NamedValue {
        try check(rate)
        guard !nonMatedBest.isEmpty else { throw .empty(what: "probes without a mate in the gallery") }
        // At most ⌊f·N⌋ of the best scores may reach the threshold.
        var allowed = Int((rate * Double(nonMatedBest.count)).rounded())
        if Double(allowed) / Double(nonMatedBest.count) > rate { allowed -= 1 }
        let threshold = nonMatedBest[nonMatedBest.count - allowed - 1].nextUp
        return NamedValue(
            name: "TPIR@FPIR=\(scientific(rate))[rank \(rank), FPIR over non-mated probes at most, "
                + "gallery of \(galleryCount)]",
            value: truePositiveRate(threshold: threshold, rank: rank),
            isSupported: rate >= lowestSupportedFalseAcceptRate(impostorCount: nonMatedBest.count))
    }

    /// OpenSphere's number of that name: the threshold is the ⌈f · probes⌉-th largest non-mate score of the whole
    /// matrix, so it counts comparisons, not searches. For comparison with numbers made that way.
    ///
    /// - Throws: ``VerificationError/rateOutOfRange(what:value:allowed:)``, and ``VerificationError/empty(what:)`` where
    ///   searches alone were given, or nobody else was compared.
    public func truePositiveRateOverComparisons(
        atFalsePositiveRate rate: Double
    ) throws(VerificationError) -> NamedValue {
        try check(rate)
        guard !nonMates.isEmpty else { throw .empty(what: "scores of all comparisons with others") }
        let place = Int((rate * Double(probeCount)).rounded(.up))
        let threshold = nonMates[max(0, nonMates.count - place)]
        return NamedValue(
            name: "TPIR@FPIR=\(scientific(rate))[OpenSphere: ceil(f probes)-th largest non-mate score of all]",
            value: truePositiveRate(threshold: threshold, rank: 1))
    }

    private func check(_ rate: Double) throws(VerificationError) {
        guard rate > 0, rate < 1 else {
            throw .rateOutOfRange(
                what: "false positive identification rate", value: rate, allowed: "above 0 and below 1")
        }
    }
}
