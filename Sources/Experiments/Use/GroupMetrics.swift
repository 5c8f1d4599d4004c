import Datasets
import Foundation
import Models
import Verification

/// The errors that each group of people meets at one threshold for all, with intervals.
public struct GroupMetrics: Encodable, Sendable {
    /// One group's error rates.
    public struct Group: Encodable, Sendable {
        public let name: String
        public let falseMatchRate: NamedValue?
        public let falseNonMatchRate: NamedValue?
        /// Over the identities of the group; none without trials of both kinds, or without draws.
        public let falseMatchInterval: Interval?
        public let falseNonMatchInterval: Interval?
        public let genuineCount: Int
        public let impostorCount: Int
    }

    /// The threshold, which accepts a score of at least this.
    public let threshold: Double
    /// Where the threshold was chosen.
    public let thresholdSource: String
    public let groups: [Group]
    /// The number of trials between two groups, which belong to none.
    public let crossGroupCount: Int
    /// How intervals were made; none where no draws were asked for.
    public let method: String?

    /// A threshold, and where it was chosen.
    public struct Threshold: Sendable {
        public let value: Double
        public let source: String

        /// A number that somebody gives.
        public init(_ value: Double) {
            self.value = value
            source = "given"
        }

        /// The threshold stored with a model; the nearest to a rate, if one is asked for.
        ///
        /// - Throws: ``/Datasets/DataError`` where the model has none.
        public init(storedWith path: String, falseAcceptRate: Double?) throws {
            guard
                let stored = try EmbeddingModel(folder: TrainedRun.modelPath(path)).threshold(
                    falseAcceptRate: falseAcceptRate)
            else {
                throw DataError(
                    path: path,
                    message: "has no threshold; store one with margin calibrate --model, or give --threshold")
            }
            value = stored.threshold
            source =
                "chosen at FAR \(stored.falseAcceptRateAsked) on \(stored.impostorCount) impostor trials of "
                + stored.source
        }
    }

    /// Measures a file whose trials name people.
    ///
    /// - Parameters:
    ///   - list: lines of a name and a group; a name is that of an item, or of the person that an item's name tells.
    ///   - threshold: chosen on other data.
    /// - Throws: ``/Datasets/DataError`` or ``/Verification/TrialFileError`` that names who has no group.
    public init(_ file: TrialFile, groups list: String, threshold: Threshold, drawCount: Int, seed: UInt64) throws {
        guard !file.left.isEmpty, !file.scores.isEmpty, !file.kinds.isEmpty else {
            throw TrialFileError(
                file: file.name, message: "(\(file.layout.name)) has no names, or no keys; groups need both")
        }
        let groups = try Self.groups(of: file, list: list)
        let right = file.right.isEmpty ? file.left : file.right
        let rates = try GroupErrorRates(
            (0..<file.count).lazy.map {
                (
                    score: file.scores[$0], isGenuine: file.kinds[$0] == .genuine,
                    leftGroup: groups[Int(file.left[$0])], rightGroup: groups[Int(right[$0])]
                )
            }, threshold: threshold.value)
        self.threshold = threshold.value
        thresholdSource = threshold.source
        crossGroupCount = rates.crossGroupCount
        let identities = file.identityRule.map { rule in file.items.map { String(rule.identity(of: $0) ?? "") } }
        let trialsOfGroup = Dictionary(
            grouping: (0..<file.count).filter { groups[Int(file.left[$0])] == groups[Int(right[$0])] }
        ) { groups[Int(file.left[$0])] }
        let bootstrap = IdentityBootstrap(seed: seed, drawCount: max(drawCount, 1))
        var method: String?
        self.groups = try rates.groups.map { group in
            var intervals: [Interval?] = [nil, nil]
            if drawCount > 0, group.genuineCount > 0, group.impostorCount > 0 {
                let report = try bootstrap.estimates(
                    of: Self.metrics(threshold.value),
                    on: Self.scored(file, trialsOfGroup[group.name] ?? [], identities, right: right))
                intervals = report.estimates.map(\.interval)
                method =
                    "percentile bootstrap over the \(report.resampling.rawValue) of each group, "
                    + "\(drawCount) draws, seed \(seed)"
            }
            return Group(
                name: group.name, falseMatchRate: group.falseMatchRate, falseNonMatchRate: group.falseNonMatchRate,
                falseMatchInterval: intervals[0], falseNonMatchInterval: intervals[1],
                genuineCount: group.genuineCount, impostorCount: group.impostorCount)
        }
        self.method = method
    }

    private static func metrics(_ threshold: Double) -> [Metric] {
        [
            Metric(name: "FMR") { $0.point(at: threshold).falseAcceptRate },
            Metric(name: "FNMR") { $0.point(at: threshold).falseRejectRate },
        ]
    }

    private static func scored(
        _ file: TrialFile, _ trials: [Int], _ identities: [String]?, right: [UInt32]
    ) throws -> ScoredTrials {
        let scores = trials.map { file.scores[$0] }
        guard let identities else {
            return try ScoredTrials(
                scores: scores, isGenuine: trials.map { file.kinds[$0] == .genuine }, units: trials,
                resampling: .trials)
        }
        let pairs = trials.lazy.map { ItemPair(left: Int(file.left[$0]), right: Int(right[$0])) }
        return try ScoredTrials(TrialList(pairs: pairs, identities: identities), scores: scores)
    }

    /// The group of every item.
    private static func groups(of file: TrialFile, list: String) throws -> [String] {
        var groupOfName: [String: String] = [:]
        for line in try FieldLines(list).columns(["name", "group"]) {
            let (name, group) = (line.fields[0], line.fields[1])
            if let other = groupOfName[name], other != group {
                throw DataError(
                    path: list, line: line.number,
                    message: "puts “\(name)” into \(group), and a line before into \(other)")
            }
            groupOfName[name] = group
        }
        let rules = file.identityRule.map { [$0] } ?? IdentityRule.allCases
        return try file.items.map { item in
            if let group = groupOfName[item] { return group }
            for rule in rules {
                if let group = rule.identity(of: item).flatMap({ groupOfName[String($0)] }) { return group }
            }
            throw DataError(path: list, message: "has no group for “\(item)”, neither by its name nor by its person's")
        }
    }
}
