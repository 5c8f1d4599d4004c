extension ClassificationIntervals {
    /// What every draw gave: the overall metrics, then recall, precision and F1 of each class.
    struct Draws {
        let method: String?
        private let values: [[Double]]
        private let metricCount: Int

        init(
            _ decisions: ClassDecisions, scores: ClassScores?, metrics: [ClassificationMetric],
            options: ClassificationReport.Options
        ) {
            metricCount = metrics.count
            guard options.drawCount > 0 else {
                (method, values) = (nil, [])
                return
            }
            let samples = decisions.samples
            let statistics = AdditiveStatistics(decisions, scores: scores, metrics: metrics)
            let bootstrap = ClassificationBootstrap(
                seed: options.seed, drawCount: options.drawCount, confidence: options.confidence)
            values = bootstrap.drawn(statistics, requiring: []) { tally, sums in
                var values = metrics.map { statistics.value(of: $0, sums: sums, tally: tally) }
                for index in 0..<samples.classCount {
                    // Without samples or decisions a draw says nothing of the class.
                    let (hasSamples, isDecidedFor) = (tally.hasSamples(index), tally.isDecidedFor(index))
                    values.append(hasSamples ? tally.recall(of: index) : .nan)
                    values.append(isDecidedFor ? tally.precision(of: index) : .nan)
                    values.append(hasSamples ? tally.f1Score(of: index) : .nan)
                }
                return values
            }.map(\.values)
            let resampling: Resampling = samples.groups == nil ? .samples : .groups
            let drawn =
                "percentile bootstrap over \(statistics.unitCount) \(resampling.rawValue), "
                + "\(options.drawCount) draws, seed \(options.seed), the calibration error's mirrored at its value"
            method =
                samples.groups == nil
                ? "Wilson's score interval for accuracy, recall, precision and top-k accuracy; otherwise \(drawn)"
                : "\(drawn); Wilson's score interval over groups where all or none were right"
        }

        func overall(_ metric: Int) -> [Double] { replicates(metric) }
        func recall(_ index: Int) -> [Double] { replicates(metricCount + 3 * index) }
        func precision(_ index: Int) -> [Double] { replicates(metricCount + 3 * index + 1) }
        func f1Score(_ index: Int) -> [Double] { replicates(metricCount + 3 * index + 2) }

        /// In order of the draws that say something.
        private func replicates(_ place: Int) -> [Double] {
            values.map { $0[place] }.filter { !$0.isNaN }
        }
    }
}
