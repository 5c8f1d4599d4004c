import Datasets
import Foundation

extension Preparation {
    /// Omniglot's two small background sets and its one-shot runs, from the archives as published.
    ///
    /// Labels are `Alphabet/character`; the column `drawer` tells who drew it. Greek and Latin of the second
    /// archive are byte for byte those of the first and are left out. `one_shot.csv` lists the 20 runs.
    static let omniglotSmall = Preparation(
        name: "omniglot_small", summary: "handwritten characters of eight alphabets, from archives in a data folder"
    ) { folder, roots, note in
        var rows: [[String]] = []
        let archives = [("images_background_small1", []), ("images_background_small2", ["Greek", "Latin"])]
        for (archive, duplicates) in archives {
            try unzip(roots.resolve("omniglot_small/\(archive).zip"), into: folder)
            let source = try FileSource(filesAndFolders: [folder.appendingPathComponent(archive).path])
            for item in source.items {
                let parts = item.path.split(separator: "/").suffix(3).map(String.init)
                guard parts.count == 3, !duplicates.contains(parts[0]) else { continue }
                // NNNN_DD.png: the character's number, the drawer's number.
                let drawer = parts[2].split(whereSeparator: { "_.".contains($0) })[1]
                rows.append([
                    "\(archive)/\(parts.joined(separator: "/"))", "\(parts[0])/\(parts[1])", String(drawer),
                ])
            }
        }
        try writeManifest(["path", "label", "drawer"], rows, in: folder)
        try unzip(roots.resolve("omniglot_small/one_shot_all_runs.zip"), into: folder)
        try writeManifest(
            ["path", "label", "run", "role"], oneShotRows(in: folder), in: folder, named: "one_shot.csv")
        note("\(rows.count) pictures, 20 one-shot runs")
    }

    /// Each run's `class_labels.txt` has a line `probe example`; a label is the example's file.
    private static func oneShotRows(in folder: URL) throws -> [[String]] {
        try (1...20).flatMap { number -> [[String]] in
            let run = String(format: "run%02d", number)
            let file = folder.appendingPathComponent("\(run)/class_labels.txt")
            let pairs = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                .map { $0.split(separator: " ").map(String.init) }
            guard pairs.count == 20, pairs.allSatisfy({ $0.count == 2 }) else {
                throw DataError(path: file.path, message: "should hold 20 lines of two paths")
            }
            let examples = Set(pairs.map { $0[1] }).sorted().map { [$0, $0, run, "example"] }
            return examples + pairs.map { [$0[0], $0[1], run, "probe"] }
        }
    }
}
