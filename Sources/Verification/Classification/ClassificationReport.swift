/// Everything that is known of a classifier on some samples, each number under its full name.
///
/// Intervals of rates of independent samples (accuracy, recall, precision, top-k accuracy) are Wilson's score intervals;
/// those of other numbers, and of all numbers where samples come in groups, are from resampling
/// (``ClassificationBootstrap``). Where nothing varies, because all or none were right, resampling has nothing to tell:
/// rates over groups then have Wilson's interval with every group counted as one sample, and means over classes none.
///
/// ```swift
/// let report = try ClassificationReport(scores, classNames: signs)
/// report.figures[0].name  // "accuracy[ties to the lowest class]"
/// report.classes[14].recall.interval
/// ```
public struct ClassificationReport: Hashable, Sendable, Codable {
    /// What is known of one class.
    public struct Row: Hashable, Sendable, Codable {
        public let name: String
        /// The number of samples of the class; without any, recall and F1 are not supported.
        public let sampleCount: Int
        /// The number of groups that these come from, where groups were given.
        public let groupCount: Int?
        /// The number of samples that the class was decided for; without any, precision is not supported.
        public let decidedCount: Int
        public let recall: ScoreReport.Figure
        public let precision: ScoreReport.Figure
        public let f1Score: ScoreReport.Figure
        /// The other class that its samples were most often taken for; none without errors.
        public let mostTakenFor: Confusion?
        /// What a reader should know before trusting the row.
        public let caveats: [String]
    }

    /// A class that samples of another were taken for.
    public struct Confusion: Hashable, Sendable, Codable {
        public let name: String
        public let count: Int
    }

    public let sampleCount: Int
    /// The number of groups that the samples come from, where groups were given.
    public let groupCount: Int?
    /// Overall numbers, accuracy first.
    public let figures: [ScoreReport.Figure]
    /// One row per class, in the order of their numbers.
    public let classes: [Row]
    /// The classes' numbers are those of ``classes``.
    public let confusion: ConfusionMatrix
    /// How often decisions were right, by how probable they were said to be; none of decisions alone.
    public let reliability: ReliabilityCurve?
    /// How intervals were made; none where no draws were asked for.
    public let method: String?
    /// What a reader should know before trusting the numbers.
    public let caveats: [String]

    /// The numbers of the classes, the lowest recall first, and of equal recalls the lower number.
    public var lowestRecallFirst: [Int] {
        classes.indices.sorted { (classes[$0].recall.value, $0) < (classes[$1].recall.value, $1) }
    }

    /// What to measure, and how to draw.
    public struct Options: Hashable, Sendable {
        /// The k of top-k accuracies; those that are not between 1 and the number of classes are left out.
        public var topCounts: [Int]
        /// The number of bootstrap draws; 0 for no intervals.
        public var drawCount: Int
        /// Where the random numbers start.
        public var seed: UInt64
        public var confidence: Double

        public init(topCounts: [Int] = [5], drawCount: Int = 1000, seed: UInt64 = 1, confidence: Double = 0.95) {
            self.topCounts = topCounts
            self.drawCount = drawCount
            self.seed = seed
            self.confidence = confidence
        }
    }

    /// Measures scores.
    ///
    /// - Parameter classNames: one per class; numbers if not given.
    /// - Throws: ``VerificationError`` if there is not one name per class.
    public init(
        _ scores: ClassScores, classNames: [String]? = nil, options: Options = Options()
    ) throws(VerificationError) {
        try self.init(scores.decisions, scores: scores, classNames: classNames, options: options)
    }

    /// Measures decisions, of which no probabilities are known.
    ///
    /// - Parameter classNames: one per class; numbers if not given.
    /// - Throws: ``VerificationError`` if there is not one name per class.
    public init(
        _ decisions: ClassDecisions, classNames: [String]? = nil, options: Options = Options()
    ) throws(VerificationError) {
        try self.init(decisions, scores: nil, classNames: classNames, options: options)
    }

    private init(
        _ decisions: ClassDecisions, scores: ClassScores?, classNames: [String]?, options: Options
    ) throws(VerificationError) {
        let samples = decisions.samples
        let names = classNames ?? (0..<samples.classCount).map { "class \($0)" }
        guard names.count == samples.classCount else {
            throw .countMismatch(what: "names of classes", count: names.count, expected: samples.classCount)
        }
        let measured = ClassificationIntervals(decisions, scores: scores, names: names, options: options)
        let confusion = ConfusionMatrix(decisions)
        sampleCount = samples.count
        groupCount = samples.groups.map { _ in samples.groupCount }
        figures = measured.figures
        classes = names.indices.map { index in
            Row(
                name: names[index], sampleCount: confusion.tally.labelled[index],
                groupCount: samples.groups.map { _ in measured.labelledUnits[index] },
                decidedCount: confusion.tally.decided[index], recall: measured.recalls[index],
                precision: measured.precisions[index], f1Score: measured.f1Scores[index],
                mostTakenFor: confusion.mostFrequentConfusion(of: index).map {
                    Confusion(name: names[$0.decision], count: $0.count)
                },
                caveats: measured.caveats(ofClass: index))
        }
        self.confusion = confusion
        reliability = scores?.reliability()
        method = measured.method
        caveats = measured.caveats
    }
}
