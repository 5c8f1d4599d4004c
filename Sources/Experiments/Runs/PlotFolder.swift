import Foundation
import Reports

/// A folder of plots, each as `.svg` with its numbers as `.csv`.
struct PlotFolder {
    let path: String

    /// - Throws: ``RunFolderError`` when the folder cannot be written.
    func write(_ plots: [(name: String, plot: Plot)], spheres: [(name: String, sphere: SpherePlot)] = []) throws {
        let folder = URL(fileURLWithPath: path, isDirectory: true)
        let files =
            plots.map { ($0.name, $0.plot.svg(), $0.plot.csv()) }
            + spheres.map { ($0.name, $0.sphere.svg(), $0.sphere.csv()) }
        for (name, svg, csv) in files {
            let file = folder.appendingPathComponent(Self.fileName(name))
            try writeAtomically(svg, to: file.appendingPathExtension("svg").path)
            try writeAtomically(csv, to: file.appendingPathExtension("csv").path)
        }
    }

    /// A set may have any name, a file may not; what is escaped stays distinct.
    static func fileName(_ name: String) -> String {
        name.addingPercentEncoding(withAllowedCharacters: allowed) ?? name
    }

    /// The plots as figures of a page that lies beside the folder `plots`.
    static func figures(_ plots: [(name: String, plot: Plot)]) -> [PlotFigure] {
        plots.map { PlotFigure($0.plot, file: "plots/" + fileName($0.name)) }
    }

    private static let allowed = CharacterSet(charactersIn: "-_.").union(.alphanumerics)
}

/// A page as a file.
struct PageFile {
    let path: String

    /// - Throws: ``RunFolderError`` when it cannot be written.
    func write(_ page: Page) throws { try writeAtomically(page.html(), to: path) }
}
