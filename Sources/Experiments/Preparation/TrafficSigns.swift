import Datasets
import Foundation

extension Preparation {
    /// The German traffic signs at 32 × 32 pixels (Stallkamp et al. 2012), from their two archives.
    ///
    /// A label is a class's name, such as `stop`; the group is `class/track`, one physical sign. The split is the
    /// official one without eight test pictures that are, pixel for pixel, frames of one training track.
    static let trafficSigns = Preparation(
        name: "gtsrb32", summary: "German traffic signs of 43 classes, from archives in a data folder"
    ) { folder, roots, note in
        for (archive, top, set) in [
            ("gtsrb32_train", "train", "Final_Training"), ("gtsrb32_test", "test", "Final_Test"),
        ] {
            note("unpacking \(archive).tar.xz")
            let place = folder.appendingPathComponent(set)
            try untar(roots.resolve("gtsrb32/\(archive).tar.xz"), into: place)
            // As the official archives unpack.
            try FileManager.default.moveItem(
                at: place.appendingPathComponent(top), to: place.appendingPathComponent("Images"))
        }
        let rows = try signRows(GTSRBSource(root: folder.path).items)
        try writeManifest(["path", "label", "group", "split"], rows, in: folder)
        note("\(rows.count) pictures")
    }

    /// The manifest's rows. The lists name the original pictures, which are JPEG files here.
    static func signRows(_ items: [Item]) throws -> [[String]] {
        try items.compactMap { item in
            guard let number = Int(item.label), signNames.indices.contains(number) else {
                throw DataError(
                    path: item.path, message: "is of class \(item.label); there are 0 to \(signNames.count - 1)")
            }
            let file = item.path.hasSuffix(".ppm") ? "\(item.path.dropLast(4)).jpg" : item.path
            let stem = file.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? ""
            if item.split == "test", signsSeenInTraining.contains(stem) { return nil }
            return [file, signNames[number], item.group ?? "", item.split ?? ""]
        }
    }

    /// Test pictures that are frames of the training track 14/00023, a stop sign.
    private static let signsSeenInTraining: Set = [
        "00666", "02291", "03546", "03594", "04548", "09384", "09575", "11906",
    ]

    /// The classes 0 to 42.
    static let signNames = [
        "speed 20", "speed 30", "speed 50", "speed 60", "speed 70", "speed 80", "end of speed 80", "speed 100",
        "speed 120", "no passing", "no passing >3.5 t", "right of way at next intersection", "priority road", "yield",
        "stop", "no vehicles", "no vehicles >3.5 t", "no entry", "general caution", "dangerous curve left",
        "dangerous curve right", "double curve", "bumpy road", "slippery road", "road narrows right", "road work",
        "traffic signals", "pedestrians", "children crossing", "bicycles crossing", "ice/snow", "wild animals",
        "end of all limits", "turn right ahead", "turn left ahead", "ahead only", "straight or right",
        "straight or left", "keep right", "keep left", "roundabout", "end of no passing", "end of no passing >3.5 t",
    ]
}
