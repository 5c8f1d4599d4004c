import Verification

/// The rates that a table has, of a target's classes and of all samples.
public enum CriticalRate: String, CaseIterable, Codable, Sendable {
    case recall, precision
    case f1 = "F1"
    case accuracy

    /// The rates of a run that are told about the development set.
    static let ofDevelopment: [CriticalRate] = [.accuracy, .recall]

    /// The rate of one class.
    func metric(of index: Int, named name: String) -> ClassificationMetric {
        switch self {
        case .recall: .recall(of: index, named: name)
        case .precision: .precision(of: index, named: name)
        case .f1: .f1Score(of: index, named: name)
        case .accuracy: .accuracy
        }
    }

    /// The names in the result file of what a target's rate is the mean of: one for each class.
    func names(_ target: CriticalTarget) -> [String] {
        self == .accuracy
            ? [ClassificationMetric.accuracy.name] : target.classes.map { metric(of: 0, named: $0).name }
    }

    /// The name for readers, such as `recall[stop]`.
    func title(_ target: CriticalTarget) -> String {
        switch self {
        case .accuracy: "accuracy"
        default: "\(target.classes.count > 1 ? "mean " : "")\(rawValue)[\(target.name)]"
        }
    }

    /// Student's interval of the mean of a rate over runs, cut to what a rate can be; `nil` for one run.
    static func interval(over values: [Double]) -> Interval? {
        Interval(meanOf: values).map { interval in
            Interval(
                lower: max(0, interval.lower), upper: min(1, interval.upper), confidence: interval.confidence)
        }
    }
}
