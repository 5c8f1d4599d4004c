import Foundation
import Verification

/// What `margin metrics` finds in a score file.
public struct ScoreMetrics: Encodable, Sendable {
    public let report: ScoreReport
    /// The errors of each group, where groups were asked for.
    public let groups: GroupMetrics?
    /// Which look at these data it was; none for a file outside any run folder.
    public let look: TestLedger.Look?

    /// Measures a file, and writes the look down.
    ///
    /// - Parameters:
    ///   - scores: the score file.
    ///   - keys: a list with its keys, where they are kept apart.
    ///   - verifier: a speaker verifier's score file, for tandem costs.
    ///   - identities: a list of items and whose they are, where names do not tell; for the intervals.
    ///   - groups: a list of names and groups, and the threshold at which their errors are counted.
    ///   - run: the run folder whose ledger takes the look; that around the score file if none is given.
    public init(
        scores: String, keys: String? = nil, verifier: String? = nil, identities: String? = nil,
        groups: (list: String, threshold: GroupMetrics.Threshold)? = nil, run: String? = nil,
        polarity: Polarity? = nil, options: ScoreReport.Options
    ) throws {
        var file = try TrialFile(opening: scores, polarity: polarity)
        if let keys { file = try file.keyed(by: TrialFile(opening: keys)) }
        var options = options
        if let identities { options.identities = try Self.identities(identities) }
        report = try ScoreReport(file, verifier: verifier.map { try TrialFile(opening: $0) }, options: options)
        self.groups = try groups.map {
            try GroupMetrics(
                file, groups: $0.list, threshold: $0.threshold, drawCount: options.drawCount, seed: options.seed)
        }
        var settings = ["verb": "metrics", "draws": "\(options.drawCount)", "seed": "\(options.seed)"]
        settings["asv"] = verifier
        settings["key"] = keys
        settings["groups"] = groups?.list
        let ledger = run.map(TestLedger.init(run:)) ?? TestLedger(around: scores)
        look = try ledger?.record(data: URL(fileURLWithPath: scores).lastPathComponent, settings: settings)
    }

    private static func identities(_ path: String) throws -> [String: String] {
        var identities: [String: String] = [:]
        for line in try FieldLines(path).columns(["name", "identity"]) { identities[line.fields[0]] = line.fields[1] }
        return identities
    }
}
