import Foundation
import Reports

/// A folder of plots, each as `.svg` with its numbers as `.csv`.
struct PlotFolder {
    let path: String

    /// - Throws: ``RunFolderError`` when the folder cannot be written.
    func write(_ plots: [(name: String, plot: Plot)]) throws {
        let folder = URL(fileURLWithPath: path, isDirectory: true)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (name, plot) in plots {
                // A set may have any name, a file may not; what is escaped stays distinct.
                let file = folder.appendingPathComponent(
                    name.addingPercentEncoding(withAllowedCharacters: Self.allowed) ?? name)
                try Data(plot.svg().utf8).write(to: file.appendingPathExtension("svg"), options: .atomic)
                try Data(plot.csv().utf8).write(to: file.appendingPathExtension("csv"), options: .atomic)
            }
        } catch {
            throw RunFolderError(path: path, message: "cannot be written: \(error.localizedDescription)")
        }
    }

    private static let allowed = CharacterSet(charactersIn: "-_.").union(.alphanumerics)
}
