import Foundation
import Verification

/// How the numbers of studies are to be read, by their names.
public enum StudyMetric {
    /// What settings are chosen by on development data, for each task: the first, and where that leaves several equal,
    /// the second.
    static let choosing = [
        VerificationMeasurement.developmentMetrics.map(\.name),
        [ClassificationDevelopment.metricName, ClassificationMetric.logLoss.name],
    ]

    private static let lowIsBetter = ["EER", "error rate", "log loss", "Brier score", "ECE", "within-class angle"]

    /// Whether the lowest number is the best one.
    static func isBetterLow(_ name: String) -> Bool { lowIsBetter.contains(where: name.hasPrefix) }

    private static let losses = ["log loss", "Brier score"]

    /// Whether a number is a share, which is read in percent; angles and losses are read as they are.
    public static func isShare(_ name: String) -> Bool {
        !name.contains("degrees") && !losses.contains(where: name.hasPrefix)
    }

    /// A number as a table shows it: shares in percent.
    public static func text(_ value: Double, of name: String, isSigned: Bool = false) -> String {
        let shown = isShare(name) ? value * 100 : value
        return String(format: isSigned ? "%+.2f" : "%.2f", shown)
    }
}
