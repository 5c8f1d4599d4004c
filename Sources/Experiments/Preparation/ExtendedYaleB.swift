import Datasets
import Foundation

extension Preparation {
    /// Extended Yale B with the subset of its light, by which results are broken down.
    ///
    /// The column `light` is 1 to 5: the larger of |azimuth| and |elevation| of the lamp is at most 12, 25, 50
    /// or 77 degrees, or more. The file names give both: `yaleB01_P00A-035E+15.png`.
    static let extendedYaleB = Preparation(
        name: "faces_extyaleb", summary: "faces under 64 lights, from a data folder; adds the column `light`"
    ) { folder, roots, note in
        let original = try roots.resolve("faces_extyaleb")
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("pictures"),
            withDestinationURL: URL(fileURLWithPath: original).standardizedFileURL)
        let rows = try FolderSource(root: original).items.map { item in
            guard let angle = lampAngle(item.path) else {
                throw DataError(path: item.path, message: "does not name its light as in P00A-035E+15")
            }
            let light = [12, 25, 50, 77].firstIndex { angle <= $0 }.map { $0 + 1 } ?? 5
            return ["pictures/\(item.path)", item.label, "\(light)"]
        }
        try writeManifest(["path", "label", "light"], rows, in: folder)
        note("\(rows.count) pictures")
    }

    /// max(|azimuth|, |elevation|) in degrees.
    static func lampAngle(_ path: String) -> Int? {
        guard let match = path.firstMatch(of: /A([+-]\d+)E([+-]\d+)/), let azimuth = Int(match.1),
            let elevation = Int(match.2)
        else { return nil }
        return max(abs(azimuth), abs(elevation))
    }
}
