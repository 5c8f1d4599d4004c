import Dispatch
import Foundation

/// Intervals of a classifier's rates from resampling groups of samples, or single samples where there are no groups.
///
/// A draw takes as many groups as there are, with replacement, and every sample weighs its group's count. A draw without
/// a sample of a class that is asked about is drawn again, and counted; that depends on labels and groups alone, so two
/// systems that were measured on the same samples with the same seed and asked about the same classes have the same
/// draws, and their ``Estimate/replicates`` can be compared place by place (``PairedComparison``).
///
/// Every draw has its own generator, seeded by the seed and the draw's number, so the report depends on the seed alone
/// and not on how many threads worked.
///
/// ```swift
/// let report = try ClassificationBootstrap(seed: 1).estimates(
///     of: [.accuracy, .recall(of: 14, named: "stop")], on: scores)
/// ```
public struct ClassificationBootstrap: Hashable, Sendable {
    /// Where the random numbers start.
    public let seed: UInt64
    /// The number of draws.
    public let drawCount: Int
    /// The confidence of the intervals.
    public let confidence: Double
    /// The number of threads; it changes the time only.
    public let threadCount: Int

    /// Draws without all classes asked about, after which no more are made.
    private static let mostTries = 1000

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

    /// Percentile intervals of several metrics of scores and decisions, all on the same draws.
    ///
    /// - Throws: ``VerificationError`` if a class that is asked about has no samples, or too many are asked about for a
    ///   draw to have them all.
    /// - Precondition: the classes asked about exist.
    public func estimates(
        of metrics: [ClassificationMetric], on scores: ClassScores
    ) throws(VerificationError) -> BootstrapReport {
        try report(metrics, decisions: scores.decisions, scores: scores)
    }

    /// Percentile intervals of several metrics of decisions, all on the same draws.
    ///
    /// - Throws: as ``estimates(of:on:)-(_,ClassScores)``.
    /// - Precondition: the metrics are not about scores, and the classes asked about exist.
    public func estimates(
        of metrics: [ClassificationMetric], on decisions: ClassDecisions
    ) throws(VerificationError) -> BootstrapReport {
        precondition(!metrics.contains(where: \.needsScores), "metrics of scores need scores")
        return try report(metrics, decisions: decisions, scores: nil)
    }

    private func report(
        _ metrics: [ClassificationMetric], decisions: ClassDecisions, scores: ClassScores?
    ) throws(VerificationError) -> BootstrapReport {
        let tally = ConfusionMatrix(decisions).tally
        for metric in metrics {
            guard let index = metric.requiredClass, !tally.hasSamples(index) else { continue }
            throw .empty(what: "samples of the class of \(metric.name)")
        }
        let required = Array(Set(metrics.compactMap(\.requiredClass)))
        let statistics = AdditiveStatistics(decisions, scores: scores, metrics: metrics)
        let draws = drawn(statistics, requiring: required) { tally, sums in
            metrics.map { statistics.value(of: $0, sums: sums, tally: tally) }
        }
        guard draws.allSatisfy({ !$0.values.isEmpty || metrics.isEmpty }) else {
            throw .classesMissingFromDraws(
                metrics: metrics.filter { $0.requiredClass != nil }.map(\.name), tries: Self.mostTries)
        }
        let estimates = metrics.enumerated().map { place, metric in
            let replicates = draws.map { $0.values[place] }
            return Estimate(
                name: metric.name, value: scores.map { metric($0) } ?? metric(tally), isSupported: true,
                interval: Interval(percentilesOf: replicates, confidence: confidence), replicates: replicates)
        }
        return BootstrapReport(
            estimates: estimates, resampling: decisions.samples.groups == nil ? .samples : .groups,
            identityCount: statistics.unitCount, drawCount: drawCount,
            redrawnCount: draws.reduce(0) { $0 + $1.redrawnCount }, seed: seed)
    }

    /// What one draw gave; no values if no draw had all classes.
    struct Draw: Sendable {
        var values: [Double] = []
        var redrawnCount = 0
    }

    /// Measures every draw that has samples of some classes.
    func drawn(
        _ statistics: AdditiveStatistics, requiring classes: [Int],
        measure: @Sendable (ClassTally, AdditiveStatistics.Sums) -> [Double]
    ) -> [Draw] {
        var results = Array(repeating: Draw(), count: drawCount)
        results.withUnsafeMutableBufferPointer { buffer in
            // Every draw is written by one thread alone.
            nonisolated(unsafe) let buffer = buffer
            DispatchQueue.concurrentPerform(iterations: threadCount) { thread in
                var sums = statistics.zero
                var counts = Array(repeating: Int32(0), count: statistics.unitCount)
                for draw in stride(from: thread, to: drawCount, by: threadCount) {
                    var generator = SplitMix64(seed: seed, stream: UInt64(draw))
                    for redrawnCount in 0..<Self.mostTries {
                        redraw(&counts, using: &generator)
                        statistics.sum(&sums, counts: counts)
                        guard classes.allSatisfy({ statistics.labelledCount(of: $0, in: sums) > 0 }) else { continue }
                        buffer[draw] = Draw(values: measure(statistics.tally(sums), sums), redrawnCount: redrawnCount)
                        break
                    }
                }
            }
        }
        return results
    }

    /// Draws as many units as there are.
    private func redraw(_ counts: inout [Int32], using generator: inout SplitMix64) {
        for unit in counts.indices { counts[unit] = 0 }
        for _ in counts.indices { counts[generator.next(below: counts.count)] += 1 }
    }
}
