import Datasets

/// The section `evaluation`: how the model is measured.
public struct EvaluationRecipe: Sendable {
    /// Whether an embedding adds the picture and its mirror image.
    public var mirrored: Bool
    /// The sets that are measured.
    public var sets: [String]
    /// At which false accept rates the true accept rate is reported.
    public var falseAcceptRates: [Double]
    /// At which false accept rates thresholds are chosen on development data and stored.
    public var thresholdRates: [Double]
    /// A manifest column by which results are broken down as well; pairs are those of one picture of the
    /// first condition with one of each.
    public var by: String?
    /// The draws of the bootstrap.
    public var draws: Int
    /// A CSV file of one-shot runs (`path,label,run,role`) under a data root.
    public var oneShot: String?
    /// For classification: within how many of the likeliest classes the right one counts.
    public var top: [Int]

    private static let verificationKeys = ["false_accept_rates", "threshold_rates", "by", "one_shot"]
    private static let classificationKeys = ["top"]

    static let defaultSet = Split.test

    /// The development set alone, as a whole.
    var ofDevelopment: EvaluationRecipe {
        var evaluation = self
        (evaluation.sets, evaluation.by) = ([Split.development], nil)
        return evaluation
    }

    init(_ section: RecipeSection, task: RecipeTask) throws {
        switch task {
        case .classification:
            try section.refuse(Self.verificationKeys, with: "task: classification")
        case .verification:
            try section.refuse(Self.classificationKeys, with: "task: verification")
        }
        mirrored = try section.value("mirrored", default: false)
        sets = try section.value("sets", default: [Self.defaultSet])
        guard !sets.isEmpty else { throw section.error("sets", "must name a set at least, such as [test]") }
        let verifies = task == .verification
        falseAcceptRates = verifies ? try section.value("false_accept_rates", default: [0.1, 0.01]) : []
        thresholdRates = verifies ? try section.value("threshold_rates", default: [0.1, 0.01, 0.001, 0.0001]) : []
        top = verifies ? [] : try section.value("top", default: [5])
        guard top.allSatisfy({ $0 > 1 }) else {
            throw section.error("top", "must be numbers of classes, 2 or more; the first alone is always counted")
        }
        for (key, rates) in [("false_accept_rates", falseAcceptRates), ("threshold_rates", thresholdRates)] {
            guard rates.allSatisfy({ $0 > 0 && $0 < 1 }) else {
                throw section.error(key, "must be rates above 0 and below 1")
            }
        }
        by = try section.optional("by")
        draws = try section.value("draws", default: 1000, in: 10...1_000_000, "from 10 to 1000000")
        oneShot = try section.optional("one_shot")
    }
}
