import Datasets
import Foundation

extension Preparation {
    /// CIFAR-10 (Krizhevsky 2009) as JPEG files, from its two archives.
    ///
    /// Of each class's 5,000 training pictures, the 500 that a shuffle with the seed 1 puts first are the
    /// development set.
    static let smallPictures = Preparation(
        name: "cifar10_jpg", summary: "CIFAR-10's small pictures of ten classes, from archives in a data folder"
    ) { folder, roots, note in
        let rows = try ["train", "test"].flatMap { set -> [[String]] in
            note("unpacking cifar10_\(set).tar.xz")
            try untar(roots.resolve("cifar10_jpg/cifar10_\(set).tar.xz"), into: folder)
            let items = try FolderSource(root: folder.appendingPathComponent(set).path).items
            let held = set == "train" ? heldOut(items, share: 0.1) : []
            return items.indices.map { index in
                let item = items[index]
                return ["\(set)/\(item.path)", item.label, held.contains(index) ? "development" : set]
            }
        }
        try writeManifest(["path", "label", "split"], rows, in: folder)
        note("\(rows.count) pictures")
    }

    /// A share of every class, drawn with the seed 1.
    static func heldOut(_ items: [Item], share: Double) -> Set<Int> {
        var generator = SeededGenerator(seed: 1)
        let byLabel = Dictionary(grouping: items.indices) { items[$0].label }
        return byLabel.keys.sorted().reduce(into: []) { held, label in
            var own = byLabel[label, default: []]
            generator.shuffle(&own)
            held.formUnion(own.prefix(Int((Double(own.count) * share).rounded())))
        }
    }
}
