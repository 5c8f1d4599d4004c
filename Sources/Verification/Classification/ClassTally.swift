/// How often each class was the label, was decided for, and both: all that the usual rates of a classifier need.
///
/// ```
/// recall k = correct k / labelled k        precision k = correct k / decided k
/// F1 k     = 2 · correct k / (labelled k + decided k)
/// ```
///
/// A rate without samples is 0, as with scikit-learn's `zero_division=0`; ``hasSamples(_:)`` and ``isDecidedFor(_:)``
/// tell such a 0 from a measured one.
public struct ClassTally: Hashable, Sendable, Codable {
    /// The number of samples of each class.
    public internal(set) var labelled: [Int]
    /// The number of samples that each class was decided for.
    public internal(set) var decided: [Int]
    /// The number of samples of each class that it was decided for.
    public internal(set) var correct: [Int]

    /// Counts nothing yet.
    init(classCount: Int) {
        labelled = Array(repeating: 0, count: classCount)
        decided = labelled
        correct = labelled
    }

    public var classCount: Int { labelled.count }
    public var sampleCount: Int { labelled.reduce(0, +) }
    public var correctCount: Int { correct.reduce(0, +) }

    /// Whether any sample is of the class; else its recall is 0 for want of samples.
    public func hasSamples(_ index: Int) -> Bool { labelled[index] > 0 }

    /// Whether the class was ever decided for; else its precision is 0 for want of decisions.
    public func isDecidedFor(_ index: Int) -> Bool { decided[index] > 0 }

    /// The share of the class's samples that it was decided for.
    public func recall(of index: Int) -> Double { Self.rate(correct[index], labelled[index]) }

    /// The share of the decisions for the class that were right.
    public func precision(of index: Int) -> Double { Self.rate(correct[index], decided[index]) }

    /// The harmonic mean of recall and precision.
    public func f1Score(of index: Int) -> Double {
        Self.rate(2 * correct[index], labelled[index] + decided[index])
    }

    /// The share of samples that were decided rightly.
    public var accuracy: Double { Self.rate(correctCount, sampleCount) }

    /// The mean recall of the classes that have samples.
    public var balancedAccuracy: Double {
        Self.mean((0..<classCount).filter(hasSamples).map(recall))
    }

    /// The mean F1 of the classes that have samples or were decided for.
    public var macroF1: Double {
        Self.mean((0..<classCount).filter { hasSamples($0) || isDecidedFor($0) }.map(f1Score))
    }

    private static func rate(_ count: Int, _ total: Int) -> Double {
        total > 0 ? Double(count) / Double(total) : 0
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : pairwiseSum(values) / Double(values.count)
    }
}
