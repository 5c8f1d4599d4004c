/// The numbers of a ``ClassificationReport`` with their intervals.
struct ClassificationIntervals {
    let figures: [ScoreReport.Figure]
    let recalls, precisions, f1Scores: [ScoreReport.Figure]
    let method: String?
    /// The number of groups, or samples where there are no groups, of each class, and decided for each class.
    let labelledUnits, decidedUnits: [Int]

    private let samples: LabelledSamples
    private let tally: ClassTally
    private let drawCount: Int
    /// The number of draws that have samples of each class.
    private let drawCounts: [Int]

    init(_ decisions: ClassDecisions, scores: ClassScores?, names: [String], options: ClassificationReport.Options) {
        samples = decisions.samples
        let tally = ConfusionMatrix(decisions).tally
        let labelledUnits = samples.unitCounts(byClass: samples.labels)
        let decidedUnits = samples.unitCounts(byClass: decisions.decided)
        let metrics = Self.metrics(scores, options: options)
        let draws = Draws(decisions, scores: scores, metrics: metrics, options: options)
        let rates = RateIntervals(
            isGrouped: samples.groups != nil, confidence: options.confidence, isWanted: options.drawCount > 0)

        figures = metrics.enumerated().map { place, metric in
            let value = scores.map { metric($0) } ?? metric(tally)
            let replicates = draws.overall(place)
            let interval: Interval?
            switch metric.quantity {
            case .accuracy, .topAccuracy:
                let count = Int((value * Double(decisions.samples.count)).rounded())
                interval = rates.interval(
                    of: count, among: decisions.samples.count, replicates: replicates,
                    unitCount: decisions.samples.groups == nil ? decisions.samples.count : decisions.samples.groupCount)
            case .calibrationError: interval = rates.basic(replicates, value: value, limits: 0...1)
            default: interval = rates.percentile(replicates)
            }
            return Self.figure(metric, value, interval, isMain: place < 3)
        }
        var found: [(recall: Interval?, precision: Interval?, f1Score: Interval?)] = []
        for index in names.indices {
            let recall = rates.interval(
                of: tally.correct[index], among: tally.labelled[index], replicates: draws.recall(index),
                unitCount: labelledUnits[index])
            let precision = rates.interval(
                of: tally.correct[index], among: tally.decided[index], replicates: draws.precision(index),
                unitCount: decidedUnits[index])
            let f1Score =
                switch tally.f1Score(of: index) {
                // F1 lies between recall and precision, and so do the values of it that they allow.
                case 0, 1: rates.hull(recall, precision)
                default: labelledUnits[index] > 1 ? rates.percentile(draws.f1Score(index)) : nil
                }
            found.append((recall, precision, f1Score))
        }
        recalls = names.indices.map { index in
            Self.figure(
                .recall(of: index, named: names[index]), tally.recall(of: index), found[index].recall,
                isSupported: tally.hasSamples(index))
        }
        precisions = names.indices.map { index in
            Self.figure(
                .precision(of: index, named: names[index]), tally.precision(of: index), found[index].precision,
                isSupported: tally.isDecidedFor(index))
        }
        f1Scores = names.indices.map { index in
            Self.figure(
                .f1Score(of: index, named: names[index]), tally.f1Score(of: index), found[index].f1Score,
                isSupported: tally.hasSamples(index))
        }
        drawCounts = names.indices.map { draws.recall($0).count }
        drawCount = options.drawCount
        method = draws.method
        self.tally = tally
        self.labelledUnits = labelledUnits
        self.decidedUnits = decidedUnits
    }

    private static func metrics(
        _ scores: ClassScores?, options: ClassificationReport.Options
    ) -> [ClassificationMetric] {
        let ofDecisions: [ClassificationMetric] = [.accuracy, .balancedAccuracy, .macroF1]
        guard let scores else { return ofDecisions }
        return ofDecisions + options.topCounts.filter { (1...scores.classCount).contains($0) }.map { .topAccuracy($0) }
            + [.logLoss, .brierScore, .calibrationError]
    }

    private static func figure(
        _ metric: ClassificationMetric, _ value: Double, _ interval: Interval?, isSupported: Bool = true,
        isMain: Bool = true
    ) -> ScoreReport.Figure {
        ScoreReport.Figure(
            name: metric.name, value: value, interval: interval, isSupported: isSupported, isMain: isMain)
    }
}

extension ClassificationIntervals {
    /// What a reader should know of all numbers.
    var caveats: [String] {
        var caveats: [String] = []
        if samples.groups == nil {
            if drawCount > 0 { caveats.append(BootstrapReport.independenceCaveat) }
        } else if samples.groupCount < BootstrapReport.identityCountForPopulation {
            caveats.append("these intervals are about these \(samples.groupCount) groups")
        }
        if drawCount > 0, tally.correctCount == tally.sampleCount {
            caveats.append(
                "every sample was decided rightly, so that means over classes do not vary and have no interval")
        }
        return caveats
    }

    /// What a reader should know of one class.
    func caveats(ofClass index: Int) -> [String] {
        guard tally.hasSamples(index) else {
            return ["there are no samples, so that recall and F1 were not measured"]
                + (tally.isDecidedFor(index) ? [] : ["it was never decided for, so that precision was not measured"])
        }
        var caveats: [String] = []
        if !tally.isDecidedFor(index) {
            caveats.append("it was never decided for, so that precision was not measured")
        }
        guard samples.groups != nil else { return caveats }
        let groupCount = labelledUnits[index]
        if groupCount == 1 {
            caveats.append("all samples are of one group, so that nothing is known of others")
        } else if groupCount < BootstrapReport.identityCountForPopulation {
            caveats.append("these intervals are about these \(groupCount) groups")
        }
        if drawCount > 0, groupCount > 1, drawCounts[index] < drawCount {
            caveats.append(
                "\(drawCount - drawCounts[index]) of \(drawCount) draws had no sample of it and were left out")
        }
        return caveats
    }
}
