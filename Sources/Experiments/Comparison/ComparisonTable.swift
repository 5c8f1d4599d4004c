import Foundation
import Verification

/// One table of a study: systems over the same seeds and folds, and how each differs from one of them.
public struct ComparisonTable: Codable, Sendable {
    public let dataset: String
    public let stage: StudyRow.Stage
    /// The metric that systems are compared by.
    public let metric: String
    public let reference: String
    public let folds: [String]
    /// The reference first, then the best first.
    public let rows: [Row]

    /// One system.
    public struct Row: Codable, Sendable {
        public let system: String
        /// The seeds with a run on every fold.
        public let seeds: [Int]
        public let figures: [Figure]
        /// From the reference; `nil` for itself, and where there is nothing to resample.
        public let difference: StudyDifference?
        /// The runs that broke down, each with the reason; they count as chance.
        public let collapses: [String]
        public let runCount: Int
        /// What the runs of each fold set beyond the system.
        public let settings: [String: String]
    }

    /// A metric's mean over folds, over the seeds.
    public struct Figure: Codable, Sendable {
        public let metric: String
        public let mean: Double
        /// Of the single seeds.
        public let lowest: Double
        public let highest: Double
    }

    /// What was compared, and with which settings.
    public var title: String {
        let settings =
            switch stage {
            case .chosen: "settings chosen on development identities"
            default: "settings as given: the presets' defaults, or the recipe's"
            }
        return "\(dataset)\(folds.count > 1 ? ", mean of \(folds.count) folds" : ""), \(settings)"
    }

    /// What the differences say, in words.
    public var verdicts: [String] {
        let others = rows.filter { $0.system != reference }
        func names(_ rows: [Row]) -> String {
            rows.count == others.count && rows.count > 2
                ? "all \(rows.count) others" : rows.map(\.system).joined(separator: "; ")
        }
        let compared = others.filter { $0.difference != nil }
        let outside = compared.filter { $0.difference?.isOutsideNoise == true }
        let groups: [(rows: [Row], words: String)] = [
            (
                outside.filter { ($0.difference?.value ?? 0) < 0 },
                "\(metric) is lower than with \(reference), outside the noise"
            ),
            (
                outside.filter { ($0.difference?.value ?? 0) > 0 },
                "\(metric) is higher than with \(reference), outside the noise"
            ),
            (
                compared.filter { $0.difference?.isOutsideNoise == false },
                "The difference from \(reference) is inside the noise"
            ),
            (
                others.filter { $0.difference == nil },
                "Not compared with \(reference) yet, for want of runs or of their draws"
            ),
        ]
        return groups.filter { !$0.rows.isEmpty }.map { "\($0.words): \(names($0.rows))." }
    }

    /// The metrics that were measured, in their order.
    public var metrics: [String] {
        rows.max { $0.figures.count < $1.figures.count }?.figures.map(\.metric) ?? []
    }

    /// What broke down, a sentence for each system that did.
    public var collapseNotes: [String] {
        rows.filter { !$0.collapses.isEmpty }.map { row in
            "\(row.system) broke down, which counts as chance: \(row.collapses.joined(separator: "; "))."
        }
    }

    /// What the differences' intervals are, for a caption.
    public var method: String? {
        let differences = rows.compactMap(\.difference)
        guard let first = differences.first else { return nil }
        let seeds = Set(differences.map(\.seedCount)).sorted().map { "\($0)" }.joined(separator: " or ")
        let seedPart =
            seeds == "1" ? "identities; one seed says nothing about others" : "\(seeds) seeds and identities together"
        return "percentile bootstrap over \(seedPart), paired, \(first.drawCount) draws, Holm's correction over "
            + "\(differences.count) comparison\(differences.count == 1 ? "" : "s"); outside the noise: the corrected 95 % interval excludes 0"
    }
}
