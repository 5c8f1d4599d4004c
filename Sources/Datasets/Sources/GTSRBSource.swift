import Foundation

/// The German traffic signs (Stallkamp et al. 2012) as they are published:
/// `Final_Training/Images/000CC/TTTTT_FFFFF.ppm` with `GT-000CC.csv`, and `Final_Test/Images/NNNNN.ppm`
/// with `GT-final_test.csv`, both with `;` between cells.
///
/// An item's label is the ClassId, "0" to "42". Frames of one track, T of one class, show one physical
/// sign and are one group. Size and region (`Width`, `Height`, `Roi.X1`, `Roi.Y1`, `Roi.X2`, `Roi.Y2`)
/// are columns. Training pictures get the split "train", the others "test"; either set may be absent.
public struct GTSRBSource: ItemSource {
    /// The folder that holds `Final_Training` and `Final_Test`.
    public let root: String
    public let items: [Item]

    /// Reads the lists; pictures are looked at only when they are loaded.
    ///
    /// `GT-final_test.csv` comes as a download of its own. It may lie in the root, in `Final_Test` or in
    /// `Final_Test/Images`.
    ///
    /// - Throws: ``DataError`` with file and line.
    public init(root: String) throws {
        let present = Set(try visibleNames(in: root))
        var items: [Item] = []
        if present.contains("Final_Training") { items += try Self.training(in: root) }
        if present.contains("Final_Test") { items += try Self.test(in: root) }
        guard !items.isEmpty else {
            throw DataError(
                path: root,
                message: "holds neither Final_Training nor Final_Test; "
                    + (present.isEmpty ? "it is empty" : "it holds \(listed(present.sorted(by: precedesNaturally)))"))
        }
        self.root = root
        self.items = items
    }

    public func bytes(of item: Item) throws -> [UInt8] {
        try readFile(place(of: item))
    }

    public func place(of item: Item) -> String {
        joined(root, item.path)
    }

    private static func training(in root: String) throws -> [Item] {
        let images = "Final_Training/Images"
        let classes = try visibleNames(in: joined(root, images)).filter { isFolder(joined(root, "\(images)/\($0)")) }
        guard !classes.isEmpty else {
            throw DataError(path: joined(root, images), message: "holds no folders of classes, 00000 to 00042")
        }
        return try classes.flatMap { name in
            let list = joined(root, "\(images)/\(name)/GT-\(name).csv")
            return try GTSRBList(path: list).rows.map { row in
                guard Int(name) == row.classNumber else {
                    throw DataError(
                        path: list, line: row.line,
                        message: "has the ClassId \(row.classNumber) in the folder of class \(name)")
                }
                let parts = row.file.split(separator: "_", omittingEmptySubsequences: false)
                guard parts.count == 2, Int(parts[0]) != nil else {
                    throw DataError(
                        path: list, line: row.line,
                        message: "names '\(row.file)'; track and frame were expected, as in 00000_00029.ppm")
                }
                return Item(
                    path: "\(images)/\(name)/\(row.file)", label: String(row.classNumber),
                    group: "\(name)/\(parts[0])", split: "train", columns: row.columns)
            }
        }
    }

    private static func test(in root: String) throws -> [Item] {
        let places = ["Final_Test", "Final_Test/Images", ""].map { joined(joined(root, $0), "GT-final_test.csv") }
        guard let list = places.first(where: FileManager.default.fileExists(atPath:)) else {
            throw DataError(
                path: places[0],
                message: "is missing. It is a download of its own (GT-final_test.test.csv, which comes with the "
                    + "pictures, has no classes); without it, take Final_Test away to use the training set alone")
        }
        return try GTSRBList(path: list).rows.map { row in
            Item(
                path: "Final_Test/Images/\(row.file)", label: String(row.classNumber), split: "test",
                columns: row.columns)
        }
    }
}

/// One of the set's lists: a header, then a line for each picture.
private struct GTSRBList {
    struct Row {
        let line: Int
        let file: String
        let classNumber: Int
        let columns: [String: String]
    }

    let rows: [Row]

    init(path: String) throws {
        let lines = try CommaSeparatedRows.rows(of: readFile(path), path: path, separator: UInt8(ascii: ";"))
        let names = lines.first?.cells ?? []
        guard let file = names.firstIndex(of: "Filename"), let label = names.firstIndex(of: "ClassId"),
            Set(names).count == names.count
        else {
            throw DataError(
                path: path, line: 1,
                message: "the header reads '\(names.joined(separator: ";"))'; Filename and ClassId were expected, "
                    + "each column once, with ; between them")
        }
        guard lines.count > 1 else { throw DataError(path: path, message: "lists no pictures below its header") }
        rows = try lines.dropFirst().map { line in
            guard line.cells.count == names.count else {
                throw DataError(
                    path: path, line: line.line,
                    message: "\(line.cells.count) cells where the header names \(names.count)")
            }
            guard let number = Int(line.cells[label]), number >= 0, !line.cells[file].isEmpty else {
                throw DataError(
                    path: path, line: line.line,
                    message: "reads '\(line.cells.joined(separator: ";"))': a file and a ClassId from 0 were expected")
            }
            let further = names.indices.filter { $0 != file && $0 != label }
            return Row(
                line: line.line, file: line.cells[file], classNumber: number,
                columns: Dictionary(uniqueKeysWithValues: further.map { (names[$0], line.cells[$0]) }))
        }
    }
}
