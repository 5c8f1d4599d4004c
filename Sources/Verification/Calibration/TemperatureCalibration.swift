import Foundation

/// Logits made into probabilities by one number, softmax(z / T), with the T that minimises the log loss on held-out
/// samples.
///
/// In β = 1/T the loss f(β) = mean of ln Σ exp(β z) − β z of the own class is convex, with
///
/// ```
/// f′ = mean of E[z] − z of the own class        f″ = mean of Var[z]        under softmax(β z)
/// ```
///
/// The least loss may lie at an end: at T → 0 where every sample has its highest score for its own class, at T → ∞ where
/// scores tell nothing. T is then the end of the range that is searched, σ/1000 to 1000 σ with σ² the mean variance of a
/// sample's scores, and ``outcome`` says so. Fit it on other samples than those it is judged on.
///
/// Guo et al., "On calibration of modern neural networks", ICML 2017.
public struct TemperatureCalibration: Hashable, Sendable, Codable {
    /// What the data say about the temperature.
    public enum Outcome: String, CaseIterable, Hashable, Sendable, Codable {
        /// The loss is least at the temperature.
        case fitted = "the log loss is least at this temperature"
        /// Every decision is right, so the loss falls with the temperature without end.
        case separable = "the log loss falls with the temperature without end, as every sample is decided rightly"
        /// The loss is least for equal probabilities.
        case uninformative = "the log loss is least for equal probabilities: scores tell nothing of the classes"
        /// Every sample has one score for all classes, so that the temperature changes nothing; it is 1.
        case constant = "every sample has one score for all classes, and no temperature changes its probabilities"
    }

    /// T.
    public let temperature: Double
    public let outcome: Outcome
    /// The mean log loss of the samples at temperature 1, in nats.
    public let logLossBefore: Double
    /// The same at ``temperature``.
    public let logLossAfter: Double
    public let classCount: Int
    /// The number of held-out samples.
    public let sampleCount: Int
    /// The number of groups that they come from, where groups were given.
    public let groupCount: Int?
    /// What the samples are, in words.
    public let source: String

    /// Whether the data support the temperature.
    public var isSupported: Bool { outcome == .fitted }

    /// Fits the temperature by Newton's method, kept within the bounds that are known by halving them.
    ///
    /// - Parameters:
    ///   - scores: the logits of held-out samples; a temperature that they have already does not count.
    ///   - source: a description of the data the scores came from.
    public init(fitting scores: ClassScores, source: String) {
        let objective = TemperatureObjective(scores)
        (temperature, outcome) = objective.minimum()
        logLossBefore = objective.loss(1)
        logLossAfter = objective.loss(1 / temperature)
        classCount = scores.classCount
        sampleCount = scores.samples.count
        groupCount = scores.samples.groups.map { _ in scores.samples.groupCount }
        self.source = source
    }

    /// The probabilities of the classes, from the logits of one sample.
    public func callAsFunction(_ logits: [Double]) -> [Double] { Self.probabilities(logits, temperature: temperature) }

    /// softmax(z / T) of the logits of one sample. The highest is taken off first, so that nothing overflows.
    public static func probabilities(_ logits: [Double], temperature: Double) -> [Double] {
        let highest = logits.max() ?? 0
        let powers = logits.map { exp(($0 - highest) / temperature) }
        let sum = pairwiseSum(powers)
        return powers.map { $0 / sum }
    }
}

/// f(β) with its first two derivatives.
private struct TemperatureObjective {
    /// Scores less the highest of their sample, so that nothing overflows.
    let scores: [Double]
    let labels: [Int]
    let classCount: Int

    /// How far from the usual spread of scores a temperature is looked for.
    private static let reach = 1000.0

    init(_ scores: ClassScores) {
        classCount = scores.classCount
        labels = scores.samples.labels
        self.scores = (0..<scores.samples.count).flatMap { sample in
            let row = scores.row(sample)
            let highest = Double(row.max() ?? 0)
            return row.map { Double($0) - highest }
        }
    }

    func minimum() -> (temperature: Double, outcome: TemperatureCalibration.Outcome) {
        let spread = derivatives(0).second.squareRoot()
        guard spread > 0 else { return (1, .constant) }
        var (lower, upper) = (1 / (Self.reach * spread), Self.reach / spread)
        if derivatives(upper).first <= 0 { return (1 / upper, .separable) }
        if derivatives(lower).first >= 0 { return (1 / lower, .uninformative) }
        var place = min(max(1, lower), upper)
        for _ in 0..<200 {
            let (slope, curvature) = derivatives(place)
            if slope == 0 { break }
            if slope < 0 { lower = place } else { upper = place }
            var next = place - slope / curvature
            // Bounds differ by powers of ten, so their geometric mean halves the way.
            if !(next > lower && next < upper) { next = (lower * upper).squareRoot() }
            // Steps shrink quadratically, so the one after this would be below rounding.
            let isSettled = (next - place).magnitude <= 1e-10 * place
            place = next
            if isSettled { break }
        }
        return (1 / place, .fitted)
    }

    func loss(_ inverse: Double) -> Double {
        let losses = labels.indices.map { sample in
            let start = sample * classCount
            var sum = 0.0
            for place in start..<start + classCount { sum += exp(inverse * scores[place]) }
            return log(sum) - inverse * scores[start + labels[sample]]
        }
        return pairwiseSum(losses) / Double(labels.count)
    }

    func derivatives(_ inverse: Double) -> (first: Double, second: Double) {
        var first: [Double] = []
        var second: [Double] = []
        first.reserveCapacity(labels.count)
        second.reserveCapacity(labels.count)
        for sample in labels.indices {
            let start = sample * classCount
            var (sum, mean, square) = (0.0, 0.0, 0.0)
            for place in start..<start + classCount {
                let power = exp(inverse * scores[place])
                sum += power
                mean += power * scores[place]
                square += power * scores[place] * scores[place]
            }
            mean /= sum
            first.append(mean - scores[start + labels[sample]])
            second.append(max(0, square / sum - mean * mean))
        }
        return (pairwiseSum(first) / Double(labels.count), pairwiseSum(second) / Double(labels.count))
    }
}
