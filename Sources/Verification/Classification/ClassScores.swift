import Foundation

/// The scores of every class for every sample, the highest of which decides.
///
/// Where probabilities are asked for, they are softmax(z / T) of the scores z, in Float64: scores are then logits, with
/// the scale that the network was trained with (cosines without their scale are not), and logarithms of probabilities
/// are logits too. T is 1 unless ``calibrated(by:)`` set it; it changes no decision.
///
/// Of classes that tie for the highest score the lowest is decided for, as `argmax` does.
///
/// ```swift
/// let scores = try ClassScores(logits, of: LabelledSamples(labels: labels, classCount: 43, groups: tracks))
/// ConfusionMatrix(scores.decisions).tally.accuracy
/// scores.topAccuracy(5)
/// scores.reliability().expectedCalibrationError
/// ```
public struct ClassScores: Hashable, Sendable {
    public let samples: LabelledSamples
    /// [N, C], row-major: the scores of one sample side by side.
    public let values: [Float]
    /// What scores are divided by before they become probabilities.
    public private(set) var temperature = 1.0

    public var classCount: Int { samples.classCount }

    /// Takes scores.
    ///
    /// - Parameter values: [N, C], row-major.
    /// - Throws: ``VerificationError`` if there is not one score per sample and class, or one is not finite.
    public init(_ values: [Float], of samples: LabelledSamples) throws(VerificationError) {
        guard values.count == samples.count * samples.classCount else {
            throw .countMismatch(
                what: "scores of classes", count: values.count, expected: samples.count * samples.classCount)
        }
        if let place = values.firstIndex(where: { !$0.isFinite }) {
            throw .nonFiniteClassScore(
                sample: place / samples.classCount, scoredClass: place % samples.classCount, value: "\(values[place])")
        }
        self.samples = samples
        self.values = values
    }

    /// The same scores, whose probabilities are those at the temperature that was fitted elsewhere.
    public func calibrated(by calibration: TemperatureCalibration) -> ClassScores {
        var scores = self
        scores.temperature = calibration.temperature
        return scores
    }

    /// The scores of one sample.
    func row(_ sample: Int) -> ArraySlice<Float> {
        values[sample * classCount..<(sample + 1) * classCount]
    }

    /// The class with the highest score, per sample; the lowest of several.
    public var decisions: ClassDecisions {
        let decided = (0..<samples.count).map { sample in
            let row = row(sample)
            var best = row.startIndex
            for place in row.indices where row[place] > row[best] { best = place }
            return best - row.startIndex
        }
        return ClassDecisions(known: decided, of: samples)
    }

    /// Whether each sample's class is among the k of the highest scores, lower classes first where scores tie.
    func isAmongTop(_ count: Int) -> [Bool] {
        (0..<samples.count).map { sample in
            let row = row(sample)
            let own = row.startIndex + samples.labels[sample]
            var before = 0
            for place in row.indices where row[place] > row[own] || (row[place] == row[own] && place < own) {
                before += 1
            }
            return before < count
        }
    }

    /// The share of samples whose class is among the k of the highest scores. Of scores that tie, lower classes come
    /// first, so that k = 1 gives the accuracy of ``decisions``.
    ///
    /// - Precondition: k is positive.
    public func topAccuracy(_ count: Int) -> Double {
        precondition(count > 0, "a top has a size")
        return Double(isAmongTop(count).count { $0 }) / Double(samples.count)
    }

    /// The mean of −ln p of the sample's own class.
    public var logLoss: Double {
        pairwiseSum(probabilities.map(\.logLoss)) / Double(samples.count)
    }

    /// The mean of Σ (p − 1[own class])² over classes, between 0 and 2.
    public var brierScore: Double {
        pairwiseSum(probabilities.map(\.squaredError)) / Double(samples.count)
    }

    /// How probable each decision is said to be.
    public var decisionProbabilities: [Double] { probabilities.map(\.highest) }

    /// How often the decisions were right, by how probable they were said to be.
    ///
    /// - Precondition: `binCount` is positive.
    public func reliability(binCount: Int = ReliabilityCurve.defaultBinCount) -> ReliabilityCurve {
        ReliabilityCurve(
            zip(probabilities, zip(decisions.decided, samples.labels)).map { ($0.highest, $1.0 == $1.1) },
            binCount: binCount)
    }

    /// What softmax(z / T) says about one sample.
    struct Probabilities {
        /// The probability of the class decided for.
        let highest: Double
        /// −ln p of the own class.
        let logLoss: Double
        /// Σ (p − 1[own class])².
        let squaredError: Double
    }

    /// In the order of the samples. The highest score is taken off first, so that nothing overflows.
    var probabilities: [Probabilities] {
        var powers = Array(repeating: 0.0, count: classCount)
        return (0..<samples.count).map { sample in
            let row = row(sample)
            let highest = Double(row.max() ?? 0)
            for place in row.indices {
                powers[place - row.startIndex] = exp((Double(row[place]) - highest) / temperature)
            }
            let sum = pairwiseSum(powers)
            let own = samples.labels[sample]
            var squaredError = 0.0
            for index in powers.indices {
                let error = powers[index] / sum - (index == own ? 1 : 0)
                squaredError += error * error
            }
            return Probabilities(
                highest: 1 / sum,
                logLoss: log(sum) - (Double(row[row.startIndex + own]) - highest) / temperature,
                squaredError: squaredError)
        }
    }
}
