import Verification

/// How a model did, set by set, with intervals.
public struct EvaluationReport: Codable, Sendable {
    /// The run, or the model folder.
    public let name: String
    public let rows: [Row]
    /// One-shot accuracy, where the recipe asks for it.
    public let oneShot: NamedValue?

    /// One set, or one condition within it.
    public struct Row: Codable, Sendable {
        public let set: String
        /// The condition, where results are broken down.
        public let condition: String?
        public let identityCount: Int
        public let genuineCount: Int
        public let impostorCount: Int
        /// The figures, each with the interval over identities.
        public let estimates: [Figure]
        /// How the intervals were made, and what they are not about.
        public let method: String
        public let caveat: String?

        /// The set, and the condition within it.
        public var place: String { [set, condition].compactMap { $0 }.joined(separator: ", ") }
    }

    /// A metric by its full name, with its interval.
    public struct Figure: Codable, Sendable {
        public let name: String
        public let value: Double
        public let lower: Double
        public let upper: Double
        public let confidence: Double
        /// Whether there are enough impostor trials for the rate it speaks of.
        public let isSupported: Bool
    }
}

extension EvaluationReport.Figure {
    init(_ estimate: Estimate) {
        self.init(
            name: estimate.name, value: estimate.value, lower: estimate.interval.lower, upper: estimate.interval.upper,
            confidence: estimate.interval.confidence, isSupported: estimate.isSupported)
    }
}
