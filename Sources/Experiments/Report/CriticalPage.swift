import Foundation
import Reports

/// The page of a study of critical classes: `report.html` among its runs, and the trade-off as `plots/*.svg`.
struct CriticalPage {
    let study: CriticalStudy
    let targets: [CriticalTarget]

    /// - Returns: the page's path.
    /// - Throws: ``RunFolderError`` when it cannot be written.
    func write() throws -> String {
        let maker = try CriticalTables(study)
        let tables = try maker.tables(targets)
        let folder = URL(fileURLWithPath: study.runs, isDirectory: true)
        let sections = try targets.map { target in
            let plots = [
                ("validation-\(target.name)", maker.validationPlot(target)),
                ("test-\(target.name)", maker.testPlot(target, tables)),
            ].compactMap { name, plot in plot.map { (name: name, plot: $0) } }
            try PlotFolder(path: folder.appendingPathComponent("plots").path).write(plots)
            let own = tables.filter { $0.target == target }
            return Page.Section(
                target.name + (target.role.map { " (\($0.rawValue))" } ?? ""),
                own.flatMap { [.heading($0.title), .list($0.verdicts), .table(pageTable($0))] }
                    + [.plots(PlotFolder.figures(plots))])
        }
        let path = folder.appendingPathComponent("report.html").path
        try PageFile(path: path).write(
            Page(
                title: study.plan.study, subtitle: "How a class is missed less, and what that costs.",
                kicker: "Critical classes", sections: sections,
                colophon:
                    "Made from \(study.file.path) by AngularMargin \(Release.version) on \(PageDate.text(Date()))."))
        return path
    }

    private func pageTable(_ table: CriticalTable) -> PageTable {
        PageTable(
            caption: table.title,
            columns: table.header.enumerated().map { PageTable.Column($1, isNumeric: $0 > 1) },
            rows: table.cells.map { $0.map { .text($0) } }, notes: table.notes)
    }
}

extension CriticalStudy {
    /// Writes the page with the tables, the sentences and the trade-off.
    ///
    /// - Returns: its path.
    /// - Throws: ``RunFolderError`` when it cannot be written.
    public func writePage() throws -> String { try CriticalPage(study: self, targets: targets()).write() }
}
