import Datasets
import Foundation

/// `Results/<study>.differences.csv`: the paired differences of a study's tables with their corrected intervals.
struct DifferenceFile {
    /// One line.
    struct Entry: Hashable {
        let dataset: String
        let stage: StudyRow.Stage
        let metric: String
        let system: String
        let reference: String
        let difference: StudyDifference
        /// Twelve hexadecimal digits of the figures that the whole table was made of.
        let evidence: String
    }

    private let path: String

    private static let columns = [
        "dataset", "stage", "metric", "system", "reference", "difference", "lower", "upper", "adjusted_p", "seeds",
        "draws", "evidence",
    ]

    init(beside file: StudyFile) {
        path =
            URL(fileURLWithPath: file.path).deletingPathExtension().appendingPathExtension("differences.csv")
            .relativePath
    }

    static func hash(_ evidence: [String]) -> String {
        String(SHA256.hexadecimal(of: Data(evidence.joined(separator: "\n").utf8)).prefix(12))
    }

    func entries() throws -> [Entry] {
        guard let data = try contentsIfAny(ofFile: path) else { return [] }
        return try CommaSeparatedRows.rows(of: [UInt8](data), path: path).dropFirst().map { row in
            let cells = row.cells
            let numbers = cells.count == Self.columns.count ? cells[5..<9].compactMap(Double.init) : []
            guard numbers.count == 4, let stage = StudyRow.Stage(rawValue: cells[1]), let seeds = Int(cells[9]),
                let draws = Int(cells[10])
            else {
                throw DataError(
                    path: path, line: row.line, message: "is no difference of a study; remove the file to make it anew")
            }
            return Entry(
                dataset: cells[0], stage: stage, metric: cells[2], system: cells[3], reference: cells[4],
                difference: StudyDifference(
                    value: numbers[0], lower: numbers[1], upper: numbers[2], adjustedP: numbers[3], seedCount: seeds,
                    drawCount: draws),
                evidence: cells[11])
        }
    }

    func write(_ entries: [Entry]) throws {
        func number(_ value: Double) -> String { String(format: "%.6f", value) }
        let lines = entries.map { entry in
            let difference = entry.difference
            return [
                entry.dataset, entry.stage.rawValue, entry.metric, entry.system, entry.reference,
                number(difference.value), number(difference.lower), number(difference.upper),
                number(difference.adjustedP), "\(difference.seedCount)", "\(difference.drawCount)", entry.evidence,
            ].map(commaSeparatedCell).joined(separator: ",")
        }
        try writeAtomically(([Self.columns.joined(separator: ",")] + lines).joined(separator: "\n") + "\n", to: path)
    }
}
