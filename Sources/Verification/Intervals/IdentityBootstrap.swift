import Foundation

/// Intervals from resampling identities.
///
/// Trials that share a person are not independent, and resampling trials gives intervals that hold far too
/// seldom. A draw takes as many identities as there are, with replacement; with counts w, a genuine trial of
/// identity i then weighs w_i², an impostor trial of i and j weighs w_i·w_j, and an item against itself never
/// counts (docs/Methods.md). Identities without a trial take no part. A draw left without impostor trials, or
/// without genuine ones, has no error rates: it is drawn again, and counted.
///
/// Every draw has its own generator, seeded by the seed and the draw's number, so the report depends on the seed
/// alone and not on how many threads worked.
///
/// ```swift
/// let report = try IdentityBootstrap(seed: 1).estimates(
///     of: [.equalErrorRate(.interpolated), .areaUnderCurve], on: trials)
/// ```
public struct IdentityBootstrap: Hashable, Sendable {
    /// Where the random numbers start.
    public let seed: UInt64
    /// The number of draws.
    public let drawCount: Int
    /// The confidence of the intervals.
    public let confidence: Double
    /// The number of threads; it changes the time only.
    public let threadCount: Int

    /// Says how to resample.
    ///
    /// - Precondition: `drawCount` and `threadCount` are positive, 0 < `confidence` < 1.
    public init(
        seed: UInt64, drawCount: Int = 1000, confidence: Double = 0.95,
        threadCount: Int = ProcessInfo.processInfo.activeProcessorCount
    ) {
        precondition(drawCount > 0 && threadCount > 0, "a bootstrap needs draws and a thread")
        precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
        self.seed = seed
        self.drawCount = drawCount
        self.confidence = confidence
        self.threadCount = threadCount
    }

    /// Intervals of several metrics, all on the same draws.
    ///
    /// - Throws: ``VerificationError/undefinedMetric(name:draw:)`` if a metric is not a number on some draw.
    public func estimates(
        of metrics: [Metric], on trials: ScoredTrials
    ) throws(VerificationError) -> BootstrapReport {
        try report(metrics, systems: [trials]) { curves in
            metrics.map { $0(curves[0]) }
        }
    }

    /// Intervals of the differences between two systems, first − second, on the same trials and the same draws.
    ///
    /// A draw that is hard for one system is mostly hard for the other, so the difference is known better than
    /// either value. The difference is outside the noise of the identities if its interval excludes 0; several
    /// comparisons in one table need a correction besides.
    ///
    /// - Throws: ``VerificationError/differentTrials`` if the systems were scored on different lists,
    ///   ``VerificationError/undefinedMetric(name:draw:)`` if a difference is not a number on some draw.
    public func differences(
        of metrics: [Metric], between first: ScoredTrials, and second: ScoredTrials
    ) throws(VerificationError) -> BootstrapReport {
        guard first.design == second.design else { throw .differentTrials }
        return try report(metrics, suffix: Self.differenceSuffix, systems: [first, second]) { curves in
            metrics.map { $0(curves[0]) - $0(curves[1]) }
        }
    }

    /// What the name of a difference adds to the name of its metric.
    public static let differenceSuffix = ", first − second"

    private func report(
        _ metrics: [Metric], suffix: String = "", systems: [ScoredTrials],
        measure: @escaping @Sendable ([ErrorRateCurve]) -> [Double]
    ) throws(VerificationError) -> BootstrapReport {
        let identityCount = systems[0].identityCount
        let curves = systems.map(\.curve)
        let values = measure(curves)
        let draws = IdentityDraws(
            seed: seed, drawCount: drawCount, identityCount: identityCount,
            summing: metrics.contains(where: \.sumsScores))
        let results = draws.measured(on: systems, threadCount: threadCount, measure: measure)
        var estimates: [Estimate] = []
        for (place, metric) in metrics.enumerated() {
            let name = metric.name + suffix
            let replicates = results.map { $0.values[place] }
            if values[place].isNaN { throw .undefinedMetric(name: name, draw: nil) }
            if let draw = replicates.firstIndex(where: \.isNaN) { throw .undefinedMetric(name: name, draw: draw) }
            estimates.append(
                Estimate(
                    name: name, value: values[place], isSupported: metric.isSupported(by: curves[0]),
                    interval: Interval(percentilesOf: replicates, confidence: confidence),
                    replicates: replicates))
        }
        return BootstrapReport(
            estimates: estimates, resampling: systems[0].resampling, identityCount: identityCount, drawCount: drawCount,
            redrawnCount: results.reduce(0) { $0 + $1.redrawnCount }, seed: seed)
    }
}
