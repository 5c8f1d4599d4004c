import Foundation
import Reports

/// The page of a study: `report.html` among its runs.
public struct StudyPage {
    private let study: String
    private let file: StudyFile
    private let tables: [ComparisonTable]

    public init(file: StudyFile, study: String, tables: [ComparisonTable]) {
        self.file = file
        self.study = study
        self.tables = tables
    }

    /// - Parameter runs: the folder of the study's runs.
    /// - Returns: the page's path.
    /// - Throws: ``RunFolderError`` when it cannot be written.
    public func write(to runs: String) throws -> String {
        let folder = URL(fileURLWithPath: runs, isDirectory: true)
        let path = folder.appendingPathComponent("report.html").path
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw RunFolderError(path: runs, message: "cannot be made: \(error.localizedDescription)")
        }
        try PageFile(path: path).write(page)
        return path
    }

    private var page: Page {
        let systems = Set(tables.flatMap { $0.rows.map(\.system) }).count
        return Page(
            title: study, subtitle: "\(systems) systems with everything else the same.", kicker: "Comparison",
            sections: [.init("Result", tables.flatMap(result))]
                + tables.map {
                    .init($0.title, [.table(figures($0)), .disclosure("Settings", [.table(settings($0))])])
                },
            colophon:
                "Made from \(file.path) by AngularMargin \(Release.version) on \(PageDate.text(Date()))."
        )
    }

    private func result(_ table: ComparisonTable) -> [Page.Block] {
        [.heading(table.title), .list(table.verdicts)]
            + (table.rows.contains { $0.difference != nil } ? [.table(differences(table))] : [])
    }

    private func differences(_ table: ComparisonTable) -> PageTable {
        let compared = table.rows.compactMap { row in row.difference.map { (row.system, $0) } }
        let reach = compared.flatMap { [abs($0.1.lower), abs($0.1.upper)] }.max() ?? 1
        return PageTable(
            caption: "\(table.metric), system − \(table.reference)",
            columns: ["System", .number("Difference"), .number("Corrected p"), "Noise"],
            rows: compared.map { system, found in
                [
                    .text(system),
                    PageTable.Cell(
                        .init(
                            name: table.metric, value: found.value, lower: found.lower, upper: found.upper,
                            confidence: 0.95, isSupported: true),
                        range: -max(reach, 1e-6)...max(reach, 1e-6), isSigned: true),
                    .number(found.adjustedP, PageText.decimal(found.adjustedP)),
                    .text(found.isOutsideNoise ? "outside" : "inside"),
                ]
            }, isSortable: true, notes: table.method.map { ["In brackets corrected intervals: \($0)."] } ?? [])
    }

    private func figures(_ table: ComparisonTable) -> PageTable {
        return PageTable(
            caption: table.title,
            columns: ["System"] + table.metrics.map { .number($0) } + [.number("Seeds"), .number("Broke down")],
            rows: table.rows.map { row in
                [.text(row.system)]
                    + table.metrics.map { metric in row.figures.first { $0.metric == metric }.map(cell) ?? "–" }
                    + [PageTable.count(row.seeds.count), PageTable.count(row.collapses.count)]
            }, isSortable: true,
            notes: ["The mean over seeds; in brackets, and drawn, the lowest and the highest seed."]
                + table.collapseNotes)
    }

    private func cell(_ figure: ComparisonTable.Figure) -> PageTable.Cell {
        func text(_ value: Double) -> String { StudyMetric.text(value, of: figure.metric) }
        guard StudyMetric.isShare(figure.metric) else {
            return .number(figure.mean, "\(text(figure.mean)) [\(text(figure.lowest)), \(text(figure.highest))]")
        }
        return PageTable.Cell(
            .init(
                name: figure.metric, value: figure.mean, lower: figure.lowest, upper: figure.highest, confidence: 1,
                isSupported: true))
    }

    private func settings(_ table: ComparisonTable) -> PageTable {
        PageTable(
            caption: "What each system was trained with beyond its own name",
            columns: ["System", "Fold", "Settings"],
            rows: table.rows.flatMap { row in
                row.settings.sorted { $0.key < $1.key }.map { [.text(row.system), .text($0.key), .text($0.value)] }
            })
    }
}
