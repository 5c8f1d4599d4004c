import Datasets
import Foundation

/// One figure of one finished run: a line of `Results/<study>.csv`.
public struct StudyRow: Hashable, Sendable {
    /// What a run is for.
    public enum Stage: String, Sendable, CaseIterable, Codable {
        /// Tries a setting on development identities; test data are not touched.
        case search
        /// With the setting chosen so.
        case chosen
        /// With the settings as given: the presets' defaults, or the recipe's.
        case given
        /// Tells which classes are the worst, before anything else of a study of critical classes.
        case ranking
    }

    /// The run that a figure belongs to.
    public struct Run: Hashable, Sendable {
        public let dataset: String
        public let fold: String
        public let system: String
        public let seed: Int
        public let stage: Stage
        /// What this run sets beyond the system, as `key=value` with blanks between.
        public let settings: String

        /// The name of its folder: what it is in short, and a hash of all that it is.
        func name(fingerprint: String) -> String {
            let hash = SHA256.hexadecimal(of: Data([system, settings, fingerprint].joined(separator: "\n").utf8))
                .prefix(8)
            let head = system.prefix { $0 != " " && $0 != "=" && $0 != "/" }
            return "\(dataset)-\(fold)-\(stage.rawValue)-\(head)-\(seed)-\(hash)"
        }

        func folder(in runs: String, fingerprint: String) -> String {
            RunFolder(runs: runs, name: name(fingerprint: fingerprint)).path
        }
    }

    public let study: String
    public let run: Run
    /// The full name, with the convention; or ``collapse``.
    public let metric: String
    public let subset: String
    public let value: Double
    public let trials: Int?
    /// What everything that is not compared is recognised by.
    public let fingerprint: String

    /// The set that settings are chosen on.
    public static let development = Split.development
    /// A run that broke down, which counts as chance: value 1, the reason as subset.
    public static let collapse = "collapsed"

    static let columns = [
        "study", "dataset", "fold", "system", "seed", "metric", "subset", "value", "trials", "stage", "settings",
        "fingerprint",
    ]

    var line: String {
        [
            study, run.dataset, run.fold, run.system, "\(run.seed)", metric, subset, String(format: "%.6f", value),
            trials.map { "\($0)" } ?? "", run.stage.rawValue, run.settings, fingerprint,
        ].map(commaSeparatedCell).joined(separator: ",")
    }
}
