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
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (name, svg, csv) in files {
                let file = folder.appendingPathComponent(Self.fileName(name))
                try Data(svg.utf8).write(to: file.appendingPathExtension("svg"), options: .atomic)
                try Data(csv.utf8).write(to: file.appendingPathExtension("csv"), options: .atomic)
            }
        } catch {
            throw RunFolderError(path: path, message: "cannot be written: \(error.localizedDescription)")
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
    func write(_ page: Page) throws {
        do {
            try Data(page.html().utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw RunFolderError(path: path, message: "cannot be written: \(error.localizedDescription)")
        }
    }
}
