/// What is audited: which columns play which part, and how rows become features.
public struct AuditTask: Sendable {
    /// The column with the outcome.
    public var label: String
    /// Its value that counts as positive.
    public var positive: String
    /// Columns of groups; `age<=25` cuts a column of numbers.
    public var sensitive: [String]
    /// Columns that are not used.
    public var excluded: [String] = []
    /// Whether the sensitive columns are features too.
    public var usesSensitiveFeatures = false
    public var standardization = Standardization.none
    /// R; nil to take the 95 % quantile of the norms of the rows to train on, which leaks.
    public var clippingNorm: Double?
    /// Appended to every row, and perturbed like every other feature; 0 for none.
    public var constantFeature = 0.0
    /// The share of rows that is held out, where there is no table of its own.
    public var holdout = 0.3
    /// Decides which rows are held out.
    public var seed: UInt64 = 1
    /// Groups with fewer rows become one group, “other”.
    public var smallestGroup = 0

    public init(label: String, positive: String, sensitive: [String]) {
        self.label = label
        self.positive = positive
        self.sensitive = sensitive
    }

    /// The column that a description of groups speaks of.
    var sensitiveColumns: [String] {
        sensitive.map { name in name.range(of: "<=").map { String(name[..<$0.lowerBound]) } ?? name }
    }
}
