/// Everything that a score file tells, each number under its full name.
public struct ScoreReport: Hashable, Sendable, Codable {
    /// One number, with its interval.
    public struct Figure: Hashable, Sendable, Codable {
        /// What was measured and by which convention.
        public let name: String
        public let value: Double
        /// The interval over what was drawn; none where no draws were asked for.
        public let interval: Interval?
        /// Whether there are trials enough for the rate it speaks of.
        public let isSupported: Bool
        /// Whether it is one of those that a short table shows.
        public let isMain: Bool
    }

    /// The score file.
    public let file: String
    /// Its layout.
    public let layout: String
    /// Which scores were genuine in the file: "higher" or "lower", and whether anyone said so.
    public let polarity: Polarity
    public let isPolarityStated: Bool
    public let genuineCount: Int
    public let impostorCount: Int
    /// What the impostors are: "impostor" or "spoof".
    public let impostorKind: TrialKind
    public let figures: [Figure]
    /// How intervals were made; none where no draws were asked for.
    public let method: String?
    /// What a reader should know before trusting the numbers.
    public let warnings: [String]

    /// Measures a file.
    ///
    /// - Parameters:
    ///   - file: keyed scores.
    ///   - verifier: a speaker verifier's scores of targets, non-targets and spoofs, for tandem costs.
    ///   - options: what to measure besides.
    /// - Throws: ``VerificationError`` or ``TrialFileError`` where the file cannot be measured.
    public init(_ file: TrialFile, verifier: TrialFile? = nil, options: Options = Options()) throws {
        let test = try DetectionTest(file)
        let tandem = try verifier.map { try TandemTest(verifier: $0) }
        var metrics = Self.metrics(options)
        var warnings = test.warnings
        if let tandem {
            try test.curve.requireSoftScores()
            metrics += try tandem.metrics()
        }
        let measured = try Self.measured(metrics, on: test, options: options, warnings: &warnings)
        var figures = measured.figures
        figures += try test.attackFigures(beside: tandem, warnings: &warnings)
        if let tandem { figures += tandem.figures }
        if let foldCount = options.foldCount { figures += try test.foldFigures(foldCount) }
        let area = test.curve.areaUnderCurve()
        if area < 0.5 {
            warnings.append(
                "the area under the ROC is \(area), under one half: if the scores are distances, say that lower is genuine"
            )
        }
        self.file = file.name
        layout = file.layout.name
        polarity = file.polarity
        isPolarityStated = file.isPolarityStated
        genuineCount = test.scores.genuine.count
        impostorCount = test.scores.impostor.count
        impostorKind = test.impostorKind
        self.figures = figures
        method = measured.method
        self.warnings = warnings
    }

    /// What to measure, and how to draw.
    public struct Options: Hashable, Sendable {
        /// The false accept rates at which true accept rates are read.
        public var falseAcceptRates: [Double]
        /// The applications whose costs are measured.
        public var costs: [DetectionCost]
        /// The number of bootstrap draws; 0 for no intervals.
        public var drawCount: Int
        /// Where the random numbers start.
        public var seed: UInt64
        /// The number of folds that the trials come in, in LFW's order; none for no folds.
        public var foldCount: Int?
        /// Whose each item is, by its name, for the intervals; told from the names if not given.
        public var identities: [String: String]?

        public init(
            falseAcceptRates: [Double] = [1e-1, 1e-2, 1e-3, 1e-4],
            costs: [DetectionCost] = [.onePercent, .fivePercent],
            drawCount: Int = 1000, seed: UInt64 = 1, foldCount: Int? = nil,
            identities: [String: String]? = nil
        ) {
            self.falseAcceptRates = falseAcceptRates
            self.costs = costs
            self.drawCount = drawCount
            self.seed = seed
            self.foldCount = foldCount
            self.identities = identities
        }
    }

    private static func metrics(_ options: Options) -> [(metric: Metric, isMain: Bool)] {
        let rates = options.falseAcceptRates.filter { $0 > 0 && $0 < 1 }
        return EqualErrorRate.Convention.allCases.map {
            (.equalErrorRate($0), $0 == .interpolated || $0 == .meanAtClosestTiesSplit)
        }
            + options.costs.map { (.minimumCost($0), true) }
            + FalseAcceptConvention.allCases.flatMap { convention in
                rates.map { (.trueAcceptRate(atFalseAcceptRate: $0, convention), convention == .atMost) }
            }
            + [(.areaUnderCurve, true), (.dPrime, true), (.minimumLogLikelihoodRatioCost, true)]
            + [(.logLikelihoodRatioCost, false)] + options.costs.map { (.actualCost($0), false) }
    }

    private static func measured(
        _ metrics: [(metric: Metric, isMain: Bool)], on test: DetectionTest, options: Options,
        warnings: inout [String]
    ) throws -> (figures: [Figure], method: String?) {
        guard options.drawCount > 0 else {
            let figures = metrics.map { metric, isMain in
                let value = metric.named(test.curve)
                return Figure(
                    name: value.name, value: value.value, interval: nil, isSupported: value.isSupported, isMain: isMain)
            }
            return (figures, nil)
        }
        let report = try IdentityBootstrap(seed: options.seed, drawCount: options.drawCount)
            .estimates(of: metrics.map(\.metric), on: test.trials(identities: options.identities))
        warnings += report.caveat.map { [$0] } ?? []
        let figures = zip(metrics, report.estimates).map { metric, estimate in
            Figure(
                name: estimate.name, value: estimate.value, interval: estimate.interval,
                isSupported: estimate.isSupported, isMain: metric.isMain)
        }
        return (figures, report.method)
    }
}
