import Foundation
import Verification

/// How the numbers of studies are to be read, by their names.
public enum StudyMetric {
    /// What settings are chosen by on development data, for each task: the first, and where that leaves several equal,
    /// the second.
    static let choosing = [
        [VerificationTest.developmentMetric.name, Metric.areaUnderCurve.name],
        [ClassificationDevelopment.metricName, ClassificationMetric.logLoss.name],
    ]

    private static let lowIsBetter = ["EER", "error rate", "log loss", "ECE", "within-class angle"]

    /// Whether the lowest number is the best one.
    static func isBetterLow(_ name: String) -> Bool { lowIsBetter.contains(where: name.hasPrefix) }

    /// Whether a number is a share, which is read in percent; angles and losses are read as they are.
    public static func isShare(_ name: String) -> Bool { !name.contains("degrees") && !name.hasPrefix("log loss") }

    /// A number as a table shows it: shares in percent.
    public static func text(_ value: Double, of name: String, isSigned: Bool = false) -> String {
        let shown = isShare(name) ? value * 100 : value
        return String(format: isSigned ? "%+.2f" : "%.2f", shown)
    }
}
