/// A number about a classifier's decisions or scores, under a name that states its convention.
public struct ClassificationMetric: Hashable, Sendable {
    /// The full name, for example `top-5 accuracy[ties to the lowest class]`.
    public let name: String
    let quantity: Quantity

    enum Quantity: Hashable {
        case accuracy, balancedAccuracy, macroF1
        case recall(Int)
        case precision(Int)
        case f1Score(Int)
        case topAccuracy(Int)
        case logLoss, brierScore, calibrationError
    }

    /// The share of samples decided rightly.
    public static let accuracy = ClassificationMetric(name: "accuracy[ties to the lowest class]", quantity: .accuracy)

    /// The mean recall of the classes that have samples.
    public static let balancedAccuracy = ClassificationMetric(
        name: "balanced accuracy[mean recall of classes with samples]", quantity: .balancedAccuracy)

    /// The mean F1 of the classes that have samples or were decided for.
    public static let macroF1 = ClassificationMetric(
        name: "macro-F1[classes with samples or decisions]", quantity: .macroF1)

    /// The share of a class's samples that it was decided for.
    ///
    /// - Parameters:
    ///   - index: the number of the class.
    ///   - className: what the class is called in the metric's name; by its number if not given.
    public static func recall(of index: Int, named className: String? = nil) -> ClassificationMetric {
        ClassificationMetric(name: "recall[\(className ?? "class \(index)")]", quantity: .recall(index))
    }

    /// The share of the decisions for a class that were right; 0 without decisions.
    public static func precision(of index: Int, named className: String? = nil) -> ClassificationMetric {
        ClassificationMetric(
            name: "precision[\(className ?? "class \(index)"), 0 without decisions]", quantity: .precision(index))
    }

    /// The harmonic mean of a class's recall and precision.
    public static func f1Score(of index: Int, named className: String? = nil) -> ClassificationMetric {
        ClassificationMetric(name: "F1[\(className ?? "class \(index)")]", quantity: .f1Score(index))
    }

    /// The share of samples whose class is among the k of the highest scores.
    public static func topAccuracy(_ count: Int) -> ClassificationMetric {
        precondition(count > 0, "a top has a size")
        return ClassificationMetric(
            name: "top-\(count) accuracy[ties to the lowest class]", quantity: .topAccuracy(count))
    }

    /// The mean of −ln p of the own class.
    public static let logLoss = ClassificationMetric(
        name: "log loss[natural logarithm, softmax of the scores]", quantity: .logLoss)

    /// The mean of the squared errors of the probabilities, summed over classes.
    public static let brierScore = ClassificationMetric(
        name: "Brier score[sum over classes, softmax of the scores]", quantity: .brierScore)

    /// The expected calibration error.
    public static let calibrationError = ClassificationMetric(
        name: "ECE[top-1, \(ReliabilityCurve.defaultBinCount) bins of equal width, closed above]",
        quantity: .calibrationError)

    /// The class that a sample must be of for the number to have a meaning.
    var requiredClass: Int? {
        switch quantity {
        case .recall(let index), .precision(let index), .f1Score(let index): index
        default: nil
        }
    }

    /// Whether it needs scores, not decisions alone.
    var needsScores: Bool {
        switch quantity {
        case .topAccuracy, .logLoss, .brierScore, .calibrationError: true
        default: false
        }
    }

    /// The metric's value on decisions.
    ///
    /// - Precondition: it is about decisions and not about scores, and its class exists.
    public func callAsFunction(_ tally: ClassTally) -> Double {
        switch quantity {
        case .accuracy: tally.accuracy
        case .balancedAccuracy: tally.balancedAccuracy
        case .macroF1: tally.macroF1
        case .recall(let index): tally.recall(of: index)
        case .precision(let index): tally.precision(of: index)
        case .f1Score(let index): tally.f1Score(of: index)
        case .topAccuracy, .logLoss, .brierScore, .calibrationError:
            preconditionFailure("\(name) is about scores, and there are decisions alone")
        }
    }

    /// The metric's value on scores and the decisions that follow from them.
    ///
    /// - Precondition: its class exists.
    public func callAsFunction(_ scores: ClassScores) -> Double {
        switch quantity {
        case .topAccuracy(let count): scores.topAccuracy(count)
        case .logLoss: scores.logLoss
        case .brierScore: scores.brierScore
        case .calibrationError: scores.reliability().expectedCalibrationError
        default: self(ConfusionMatrix(scores.decisions).tally)
        }
    }
}
