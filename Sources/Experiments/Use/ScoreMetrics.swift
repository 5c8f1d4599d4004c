import Foundation
import Verification

/// What `margin metrics` finds in a score file.
public struct ScoreMetrics: Encodable, Sendable {
    public let report: ScoreReport
    /// Which look at these data it was; none for a file outside any run folder.
    public let look: TestLedger.Look?

    /// Measures a file, and writes the look down.
    ///
    /// - Parameters:
    ///   - scores: the score file.
    ///   - keys: a list with its keys, where they are kept apart.
    ///   - verifier: a speaker verifier's score file, for tandem costs.
    ///   - run: the run folder whose ledger takes the look; that around the score file if none is given.
    public init(
        scores: String, keys: String? = nil, verifier: String? = nil, run: String? = nil, polarity: Polarity? = nil,
        options: ScoreReport.Options
    ) throws {
        var file = try TrialFile(opening: scores, polarity: polarity)
        if let keys { file = try file.keyed(by: TrialFile(opening: keys)) }
        report = try ScoreReport(file, verifier: verifier.map { try TrialFile(opening: $0) }, options: options)
        var settings = ["verb": "metrics", "draws": "\(options.drawCount)", "seed": "\(options.seed)"]
        settings["asv"] = verifier
        settings["key"] = keys
        let ledger = run.map(TestLedger.init(run:)) ?? TestLedger(around: scores)
        look = try ledger?.record(data: URL(fileURLWithPath: scores).lastPathComponent, settings: settings)
    }
}
