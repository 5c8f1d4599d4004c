extension ScoreMatrix {
    /// N-way one-shot accuracy: the share of probes whose highest score is that of the right column, where each
    /// of the N columns is the single example of one class.
    ///
    /// If k columns tie for the highest score and the right one is among them, the probe earns 1/k, what
    /// choosing between them by lot would earn on average. All scores equal give 1/N.
    ///
    /// - Parameter correctItems: the right column of every probe.
    /// - Throws: ``VerificationError`` if the counts differ or a column does not exist.
    public func oneShotAccuracy(correctItems: [Int]) throws(VerificationError) -> NamedValue {
        guard correctItems.count == probeCount else {
            throw .countMismatch(what: "correct items", count: correctItems.count, expected: probeCount)
        }
        var credit = 0.0
        for (probe, item) in correctItems.enumerated() {
            guard (0..<galleryCount).contains(item) else {
                throw .itemOutOfRange(trial: probe, item: item, itemCount: galleryCount)
            }
            let best = best(for: probe, among: 0..<galleryCount)
            if best.contains(item) { credit += 1 / Double(best.count) }
        }
        return NamedValue(
            name: "accuracy[\(galleryCount)-way one-shot, ties share]", value: credit / Double(probeCount))
    }

    /// Closed-set rank-1 identification: the share of probes whose best gallery item has their identity.
    ///
    /// If several items tie for the highest score, the probe earns the share of them that has its identity.
    ///
    /// - Parameters:
    ///   - probeIdentities: the identity of every row.
    ///   - galleryIdentities: the identity of every column.
    ///   - excludingDiagonal: whether row i and column i are the same item, which then is no match for itself.
    /// - Throws: ``VerificationError`` if the counts differ, or if a probe has no mate.
    public func rankOneIdentification<Identity: Equatable>(
        probeIdentities: [Identity], galleryIdentities: [Identity], excludingDiagonal: Bool = false
    ) throws(VerificationError) -> NamedValue {
        guard probeIdentities.count == probeCount else {
            throw .countMismatch(what: "probe identities", count: probeIdentities.count, expected: probeCount)
        }
        guard galleryIdentities.count == galleryCount else {
            throw .countMismatch(
                what: "gallery identities", count: galleryIdentities.count, expected: galleryCount)
        }
        var credit = 0.0
        for (probe, identity) in probeIdentities.enumerated() {
            let items = (0..<galleryCount).filter { !(excludingDiagonal && $0 == probe) }
            guard items.contains(where: { galleryIdentities[$0] == identity }) else {
                throw .probeWithoutMate(probe: probe)
            }
            let best = best(for: probe, among: items)
            credit += Double(best.count { galleryIdentities[$0] == identity }) / Double(best.count)
        }
        let name = "rank-1 identification[closed set\(excludingDiagonal ? ", itself excluded" : ""), ties share]"
        return NamedValue(name: name, value: credit / Double(probeCount))
    }
}
