/// A metric of one run: on its trials as they are, and on every draw of their identities.
public struct DrawnMetric: Hashable, Sendable, Codable {
    public let value: Double
    /// In order of the draws; equal places belong to equal draws of equal trials (``IdentityBootstrap``).
    public let replicates: [Double]

    public init(value: Double, replicates: [Double]) {
        self.value = value
        self.replicates = replicates
    }

    public init(_ estimate: Estimate) {
        self.init(value: estimate.value, replicates: estimate.replicates)
    }

    /// A metric with the same value on every draw.
    public init(always value: Double, drawCount: Int) {
        self.init(value: value, replicates: Array(repeating: value, count: drawCount))
    }
}

/// The mean difference first − second of two systems over the same seeds and folds, with its noise over seeds and
/// identities together.
///
/// A draw takes identities anew in every fold, the same for both systems, and with them seeds: of n seeds n − 1 with
/// replacement, which makes the variance of their mean unbiased. So few seeds have tails heavier than their draws
/// show: at the level α their deviation from the mean over all seeds is widened by Student's quantile with n − 1
/// degrees of freedom over the normal one. With one seed, the noise is that of the identities alone.
public struct PairedComparison: Sendable {
    public let difference: Double
    /// The mean difference over seeds, one per draw of identities; and what each draw of seeds adds to it.
    private let ofIdentities: [Double]
    private let ofSeeds: [Double]
    public let seedCount: Int
    /// The draws of identities that all runs have.
    public var drawCount: Int { ofIdentities.count }

    /// Joins the runs of two systems.
    ///
    /// - Parameters:
    ///   - first: by seed and fold.
    ///   - second: the same seeds and folds.
    ///   - seed: starts the draws of seeds.
    /// - Precondition: both have a run for every seed and fold, with as many draws each.
    public init(first: [[DrawnMetric]], second: [[DrawnMetric]], seed: UInt64) {
        precondition(!first.isEmpty && first.map(\.count) == second.map(\.count), "pairs need equal seeds and folds")
        let drawCount = zip(first, second).flatMap { $0 + $1 }.map(\.replicates.count).min() ?? 0
        precondition(drawCount > 0, "an interval needs draws")
        let seedCount = first.count
        self.seedCount = seedCount
        func mean(_ values: some Collection<Double>) -> Double { values.reduce(0, +) / Double(values.count) }
        difference = mean(zip(first, second).map { mean(zip($0, $1).map { $0.value - $1.value }) })
        var ofIdentities: [Double] = []
        var ofSeeds: [Double] = []
        for draw in 0..<drawCount {
            let differences = zip(first, second).map { first, second in
                mean(zip(first, second).map { $0.replicates[draw] - $1.replicates[draw] })
            }
            let all = mean(differences)
            var generator = SplitMix64(seed: seed, stream: UInt64(draw))
            let drawn = (1..<max(seedCount, 2)).map { _ in differences[generator.next(below: seedCount)] }
            ofIdentities.append(all)
            ofSeeds.append(mean(drawn) - all)
        }
        self.ofIdentities = ofIdentities
        self.ofSeeds = ofSeeds
    }

    /// The percentile interval of the difference.
    public func interval(confidence: Double) -> Interval {
        let level = 1 - confidence
        let widening =
            seedCount > 1
            ? StudentQuantile.twoSided(level: level, degrees: seedCount - 1)
                / StudentQuantile.twoSidedNormal(level: level) : 1
        return Interval(
            percentilesOf: zip(ofIdentities, ofSeeds).map { $0 + widening * $1 }, confidence: confidence)
    }

    /// The level at which the interval begins to exclude 0, at least one over the draws plus one: there is no
    /// resolution below.
    public var pValue: Double {
        var (lower, upper) = (1 / Double(ofIdentities.count + 1), 1.0)
        guard interval(confidence: 1 - lower).contains(0) else { return lower }
        for _ in 0..<30 {
            let middle = (lower + upper) / 2
            if interval(confidence: 1 - middle).contains(0) { lower = middle } else { upper = middle }
        }
        return upper
    }
}
