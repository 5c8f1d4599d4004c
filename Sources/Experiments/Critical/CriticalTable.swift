import Foundation
import Verification

/// The table of one critical class, or of several together, under one rule: what each method makes of it on test data.
public struct CriticalTable: Codable, Sendable {
    public let dataset: String
    public let target: CriticalTarget
    /// How far the mean validation accuracy of what was chosen may lie below CE's.
    public let tolerance: Double
    /// CE first, then in the order of the methods.
    public let rows: [Row]
    /// The draws of test samples, and the number of comparisons that Holm's correction is over.
    public let drawCount: Int
    public let comparisonCount: Int

    /// One method.
    public struct Row: Codable, Sendable {
        public let method: CriticalMethod
        /// What was chosen, as `key=value` with blanks between; empty where there is nothing to choose, `nil` where no
        /// setting keeps the accuracy.
        public let setting: String?
        public let seeds: [Int]
        public let figures: [Figure]
        /// What validation said: of the runs in the table.
        public let validation: Validation?
        /// Recall and accuracy, minus CE's.
        public let recallGain: StudyDifference?
        public let accuracyGain: StudyDifference?
        /// CE with the bias that has the same validation accuracy; `nil` for CE and the bias itself.
        public let shifted: Shifted?
        /// The runs that broke down, each with the reason; they count as chance.
        public let collapses: [String]

        public func figure(_ rate: CriticalRate) -> Figure? { figures.first { $0.rate == rate } }
    }

    /// A rate on test data, the mean over seeds.
    public struct Figure: Codable, Sendable {
        public let rate: CriticalRate
        public let mean: Double
        /// Student's, over the seeds; `nil` for one.
        public let overSeeds: Interval?
        /// The bootstrap's, over test samples, of the mean over these seeds.
        public let overItems: Interval?
    }

    public struct Validation: Codable, Sendable {
        public let recall: Double
        public let accuracy: Double
    }

    /// The alternative at equal accuracy.
    public struct Shifted: Codable, Sendable {
        public let bias: Double
        public let recall: Double
        public let accuracy: Double
        /// The method's recall minus this one's.
        public let difference: StudyDifference?
    }

    public var title: String {
        let role = target.role.map { " (\($0.rawValue))" } ?? ""
        let rule =
            tolerance == 0
            ? "validation accuracy not below CE's"
            : "validation accuracy at most \(String(format: "%g", tolerance * 100)) points below CE's"
        return "\(dataset), \(target.name)\(role), \(rule)"
    }

    public func row(_ method: CriticalMethod) -> Row? { rows.first { $0.method == method } }

    /// What the intervals are, for a caption.
    public var notes: [String] {
        let count = rows.map(\.seeds.count).max() ?? 0
        return [
            "In percent: means over \(count) seeds on test data; brackets hold 95 % intervals, over seeds (Student's) and "
                + "over test samples (bootstrap, \(drawCount) draws).",
            "Differences are paired, over seeds and test samples together, with Holm's correction over "
                + "\(comparisonCount) comparisons; outside the noise: the corrected 95 % interval excludes 0.",
            "At its accuracy: CE with the bias that has the highest recall on validation data at the method's own "
                + "validation accuracy.",
            "A dash: no setting kept the accuracy on validation data.",
        ]
            + rows.filter { !$0.collapses.isEmpty }.map { row in
                "\(row.method.rawValue) broke down, which counts as chance: \(row.collapses.joined(separator: "; "))."
            }
    }
}
