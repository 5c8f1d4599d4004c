/// What a classifier took each sample for.
public struct ClassDecisions: Hashable, Sendable {
    public let samples: LabelledSamples
    /// The class decided for, per sample.
    public let decided: [Int]

    /// Takes decisions, one per sample.
    ///
    /// - Throws: ``VerificationError`` if the counts differ or a decision is not one of the classes.
    public init(_ decided: [Int], of samples: LabelledSamples) throws(VerificationError) {
        guard decided.count == samples.count else {
            throw .countMismatch(what: "decisions", count: decided.count, expected: samples.count)
        }
        try requireClasses(decided, what: "decision", classCount: samples.classCount)
        self.init(known: decided, of: samples)
    }

    /// Takes decisions that are known to be classes.
    init(known decided: [Int], of samples: LabelledSamples) {
        self.samples = samples
        self.decided = decided
    }
}
