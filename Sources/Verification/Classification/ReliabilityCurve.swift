/// How often decisions were right, by how probable they were said to be.
///
/// The probability of the class decided for falls into one of `binCount` bins of equal width; a bin holds its upper edge
/// and not its lower one, (b/B, (b + 1)/B], as in Guo et al., "On calibration of modern neural networks", ICML 2017.
public struct ReliabilityCurve: Hashable, Sendable, Codable {
    /// The decisions of one range of probabilities.
    public struct Bin: Hashable, Sendable, Codable {
        /// Not in the bin.
        public let lower: Double
        /// In the bin.
        public let upper: Double
        public internal(set) var sampleCount = 0
        public internal(set) var correctCount = 0
        var confidenceSum = 0.0

        /// The mean probability said; none without samples.
        public var confidence: Double? { sampleCount > 0 ? confidenceSum / Double(sampleCount) : nil }
        /// The share that was right; none without samples.
        public var accuracy: Double? { sampleCount > 0 ? Double(correctCount) / Double(sampleCount) : nil }
    }

    /// The number of bins that calibration errors are compared by.
    public static let defaultBinCount = 15

    /// From 0 to 1; some may be without samples.
    public let bins: [Bin]
    public let sampleCount: Int

    /// Sorts decisions into bins.
    ///
    /// - Parameter decisions: the probability said, above 0 and at most 1, and whether the decision was right.
    init(_ decisions: [(confidence: Double, isCorrect: Bool)], binCount: Int) {
        precondition(binCount > 0, "a curve has bins")
        var bins = (0..<binCount).map {
            Bin(lower: Double($0) / Double(binCount), upper: Double($0 + 1) / Double(binCount))
        }
        for decision in decisions {
            let place = Self.bin(of: decision.confidence, binCount: binCount)
            bins[place].sampleCount += 1
            bins[place].correctCount += decision.isCorrect ? 1 : 0
            bins[place].confidenceSum += decision.confidence
        }
        self.bins = bins
        sampleCount = decisions.count
    }

    /// The expected calibration error: Σ over bins of (share of samples) · |accuracy − mean confidence|.
    public var expectedCalibrationError: Double {
        bins.reduce(0) { $0 + ($1.confidenceSum - Double($1.correctCount)).magnitude } / Double(sampleCount)
    }

    /// The bin whose edges, as they are rounded, enclose a probability.
    static func bin(of confidence: Double, binCount: Int) -> Int {
        var place = min(max(Int((confidence * Double(binCount)).rounded(.up)) - 1, 0), binCount - 1)
        while place > 0, confidence <= Double(place) / Double(binCount) { place -= 1 }
        while place < binCount - 1, confidence > Double(place + 1) / Double(binCount) { place += 1 }
        return place
    }
}
