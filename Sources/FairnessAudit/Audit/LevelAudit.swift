import Foundation

/// The effects of noise of one size.
struct LevelAudit {
    let audit: NoiseAudit
    let level: NoiseLevel
    let size: Int
    let draws: NoiseDraws
    /// Closed forms and bounds, which hold for normal noise.
    let flips: FlipSums?
    let bounds: ChangeBounds?
    let covariances: CellCovariances?
    /// Shares of correct decisions and of changed ones, per draw.
    let shares: [(correct: [Double], flipped: [Double])]

    init(_ audit: NoiseAudit, level: NoiseLevel, draws: NoiseDraws, size: Int) {
        self.audit = audit
        self.level = level
        self.size = size
        self.draws = draws
        shares = (0..<draws.drawCount).map { draws.shares(size: size, draw: $0) }
        flips = level.mechanism.isGaussian ? FlipSums(audit.people, scale: level.scale) : nil
        covariances = flips.map { _ in CellCovariances(PairCovariance(audit.people, scale: level.scale)) }
        bounds = flips.map {
            ChangeBounds(audit.people, scale: level.scale, failure: audit.failure, flips: $0)
        }
    }

    func effect() throws -> NoiseEffect {
        let people = audit.people
        return NoiseEffect(
            level: level, failure: audit.failure,
            measures: try audit.measures.measures.map(effect), gaps: audit.measures.gaps.map(effect),
            groups: people.partitions.flatMap { partition in partition.groups.map { effect($0, of: partition.name) } },
            individual: IndividualEffect(
                draws, size: size, model: audit.model, level: level, dimension: people.dimension,
                failure: audit.failure),
            regimes: flips == nil
                ? []
                : people.partitions.flatMap { partition in
                    partition.groups.map {
                        NearZeroRegime(
                            partition: partition.name, group: $0.name, margins: people.magnitudes($0),
                            scale: level.scale)
                    }
                })
    }

    private func effect(_ measure: FairnessMeasure) throws -> MeasureEffect {
        let functional = measure.functional
        let clean = functional(audit.cleanShares)
        let changes = shares.map { functional($0.correct) - clean }
        let variance = try covariances.map { try RateVariance($0, functional: functional) }
        let expectedChange = flips.map { functional($0.expectedShares) - clean }
        let chebyshev = variance.map { ($0.upper / audit.failure).squareRoot() }
        let markov = bounds.map { ChangeBounds.total(functional, $0.markov) }
        let split = bounds.map { ChangeBounds.total(functional, $0.split) }
        let worstCase = bounds.map { ChangeBounds.total(functional, $0.worstCase) }
        var exceeded: [String] = []
        func check(_ name: String, _ values: [Double], _ bound: Double?) {
            // The float32 product may move a decision by rounding.
            guard let bound, isExceeded(values.count { $0 > bound + 1e-6 }) else { return }
            exceeded.append(name)
        }
        let magnitudes = changes.map(abs)
        check("markov", magnitudes, markov)
        check("split", magnitudes, split)
        check("worst-case", magnitudes, worstCase)
        if let expectedChange { check("chebyshev", changes.map { abs($0 - expectedChange) }, chebyshev) }
        return MeasureEffect(
            partition: measure.partition, criterion: measure.criterion, name: measure.name, clean: clean,
            expectedChange: expectedChange,
            expectedChangeBound: flips.map { ChangeBounds.total(functional, $0.flips) },
            exponentialBound: flips.map { ChangeBounds.total(functional, $0.exponentials) }, variance: variance,
            chebyshev: chebyshev, largestPossible: functional.greatestChange(from: clean), markov: markov, split: split,
            worstCase: worstCase,
            change: DrawSummary(changes), changeQuantile: quantile(magnitudes), exceeded: exceeded)
    }

    /// Whether the draws say with 99.9 % confidence that a bound fails more often than it may.
    private func isExceeded(_ count: Int) -> Bool {
        BinomialLimit.lower(successes: count, of: draws.drawCount, confidence: 0.999) > audit.failure
    }

    private func quantile(_ values: [Double]) -> Double {
        values.sorted()[min(values.count - 1, Int((1 - audit.failure) * Double(values.count)))]
    }

    private func effect(_ gap: FairnessGap) -> GapEffect {
        let clean = gap(audit.cleanShares)
        let changes = shares.map { gap($0.correct) - clean }
        let rateCount = gap.rates.reduce(0) { $0 + $1.count }
        let union = flips.map { flips in
            let bounds = ChangeBounds(
                audit.people, scale: level.scale, failure: audit.failure / Double(rateCount), flips: flips)
            return gap.rates.map { functionals in
                functionals.map { functional in
                    min(
                        ChangeBounds.total(functional, bounds.split),
                        ChangeBounds.total(functional, bounds.worstCase))
                }.sorted().suffix(2).reduce(0, +)
            }.max() ?? 0
        }.map { min($0, max(clean, 1 - clean)) }
        return GapEffect(
            partition: gap.partition, criterion: gap.criterion, name: gap.name, clean: clean,
            change: DrawSummary(changes), changeQuantile: quantile(changes.map(abs)), unionBound: union)
    }

    private func effect(_ group: AuditedPeople.Group, of partition: String) -> GroupEffect {
        let cells = Rate.accuracy.cells(group)
        let total = Double(cells.reduce(0) { $0 + audit.people.counts[$1] })
        func mean(_ shares: [Double]) -> Double {
            cells.reduce(0) { $0 + Double(audit.people.counts[$1]) / total * shares[$1] }
        }
        let clean = mean(audit.cleanShares)
        return GroupEffect(
            partition: partition, group: group.name, expectedFlips: flips.map { mean($0.flips) },
            flips: DrawSummary(shares.map { mean($0.flipped) }),
            accuracyChange: DrawSummary(shares.map { mean($0.correct) - clean }))
    }
}
