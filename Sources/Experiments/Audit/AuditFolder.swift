import Datasets
import FairnessAudit
import Foundation

/// Where an audit's results lie: `report.html` to be read, `audit.json` with everything, `measures.csv` with a row per
/// measure and ε, and `plots/`.
public struct AuditFolder: Sendable {
    public let path: String

    public init(path: String) {
        self.path = path
    }

    public var plots: String { URL(fileURLWithPath: path).appendingPathComponent("plots").relativePath }

    /// The page that tells all of it, and that it is not private.
    public var page: String { URL(fileURLWithPath: path).appendingPathComponent("report.html").relativePath }

    /// - Throws: ``RunFolderError`` when the folder cannot be written.
    public func write(_ report: AuditReport) throws {
        let folder = URL(fileURLWithPath: path, isDirectory: true)
        try writeAtomically(JSONEncoder.legible.encode(report), to: folder.appendingPathComponent("audit.json").path)
        try writeAtomically(Self.measures(report), to: folder.appendingPathComponent("measures.csv").path)
        let drawn = AuditPlots(report).plots
        try PlotFolder(path: plots).write(drawn)
        try PageFile(path: page).write(AuditPage(report, plots: drawn).page)
    }

    static let columns = [
        "epsilon", "sigma", "partition", "measure", "clean", "expected_change", "expected_change_bound",
        "standard_deviation", "variance_standard_error", "chebyshev", "markov", "split", "worst_case", "union_bound",
        "draws_mean_change", "draws_standard_deviation", "draws_change_5", "draws_change_95", "draws_change_quantile",
        "exceeded",
    ]

    static func measures(_ report: AuditReport) -> String {
        var lines = [columns.joined(separator: ",")]
        func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
        for effect in report.effects {
            let start = [text(effect.level.privacy.epsilon), text(effect.level.scale)]
            for measure in effect.measures {
                let fields =
                    start + [commaSeparatedCell(measure.partition), commaSeparatedCell(measure.name)]
                    + [
                        measure.clean, measure.expectedChange, measure.expectedChangeBound,
                        measure.variance?.standardDeviation, measure.variance?.standardError, measure.chebyshev,
                        measure.markov, measure.split, measure.worstCase, nil, measure.change.mean,
                        measure.change.standardDeviation, measure.change.band.lower, measure.change.band.upper,
                        measure.changeQuantile,
                    ].map(text) + [commaSeparatedCell(measure.exceeded.joined(separator: " "))]
                lines.append(fields.joined(separator: ","))
            }
            for gap in effect.gaps {
                let empty = [String](repeating: "", count: 4)
                let fields =
                    start + [commaSeparatedCell(gap.partition), commaSeparatedCell(gap.name), text(gap.clean)] + empty
                    + ["", "", "", "", text(gap.unionBound)]
                    + [
                        gap.change.mean, gap.change.standardDeviation, gap.change.band.lower, gap.change.band.upper,
                        gap.changeQuantile,
                    ].map(text) + [""]
                lines.append(fields.joined(separator: ","))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
