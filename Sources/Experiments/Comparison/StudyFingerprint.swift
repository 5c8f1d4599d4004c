import Datasets
import Foundation

/// What a study's runs have in common: the recipe as it is written, without what is compared, and the data of a fold.
///
/// Figures of two recipes in one table would compare the recipes. Keys that a recipe leaves out do not count, so that
/// a study goes on where later versions know more of them.
struct StudyFingerprint {
    /// The values by key.
    let values: [String: String]
    /// Twelve hexadecimal digits.
    let digits: String

    /// What belongs to a run and not to its study.
    private static let ofRun = [
        "name", "seed", "data.path", "data.split.file", "training.workers", "training.checkpoint_every",
    ]

    /// - Parameter compared: keys, or sections, that systems or settings may change.
    init(_ document: RecipeDocument, data: OpenedData, compared: Set<String>) throws {
        values = RecipeChange.leaves(of: try document.node()).filter { leaf in
            !Self.ofRun.contains(leaf.key)
                && !compared.contains { leaf.key == $0 || leaf.key.hasPrefix("\($0).") }
        }
        digits = String(SHA256.hexadecimal(of: Data((Self.lines(values) + data.fingerprint.hash).utf8)).prefix(12))
    }

    /// The values as lines, to be kept beside the runs.
    var text: String { Self.lines(values) }

    private static func lines(_ values: [String: String]) -> String {
        values.keys.sorted().map { "\($0)=\(values[$0] ?? "")\n" }.joined()
    }

    /// What differs from the text that an earlier study kept, in words.
    func changes(since earlier: String) -> [String] {
        let before = earlier.split(separator: "\n").reduce(into: [String: String]()) { values, line in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        return Set(before.keys).union(values.keys).sorted().compactMap { key in
            guard before[key] != values[key] else { return nil }
            return "\(key) is \(values[key] ?? "not given") and was \(before[key] ?? "not given")"
        }
    }
}
