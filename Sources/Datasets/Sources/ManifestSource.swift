import Suggestions

/// A CSV file that lists samples: `path,label[,group][,split][,any further columns]`.
///
/// Paths are relative to the manifest's folder. The columns `x1,y1,...,x5,y5` give the ``Landmarks`` of
/// a face: left eye, right eye, nose tip, left and right corner of the mouth; a row may leave all ten
/// empty. An empty group or split is none.
public struct ManifestSource: ItemSource {
    /// The manifest.
    public let path: String
    public let items: [Item]
    /// The manifest's folder, under which its paths lie.
    public var root: String { folder(of: path) }

    /// Reads the manifest; the files it names are looked at only when they are loaded.
    ///
    /// - Throws: ``DataError`` with file and line.
    public init(path: String) throws {
        try self.init(path: path, content: readFile(path))
    }

    init(path: String, content: [UInt8]) throws {
        let rows = try CommaSeparatedRows.rows(of: content, path: path)
        guard let header = rows.first else {
            throw DataError(path: path, message: "is empty: its first line is path,label and optional columns")
        }
        let columns = try ManifestColumns(header, path: path)
        guard rows.count > 1 else {
            throw DataError(path: path, message: "lists no samples below its header")
        }
        self.path = path
        self.items = try rows.dropFirst().map { try columns.item($0) }
    }

    public func bytes(of item: Item) throws -> [UInt8] {
        try readFile(place(of: item))
    }

    public func place(of item: Item) -> String {
        joined(root, item.path)
    }
}

private func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
}

/// Which cell of a row holds what.
private struct ManifestColumns {
    private static let landmarkNames = (1...5).flatMap { ["x\($0)", "y\($0)"] }

    private let manifest: String
    private let names: [String]
    private let path: Int
    private let label: Int
    private let group: Int?
    private let split: Int?
    private let landmarks: [Int]
    private let further: [Int]

    init(_ header: CommaSeparatedRows.Row, path manifest: String) throws {
        func failure(_ message: String) -> DataError {
            DataError(path: manifest, line: header.line, message: message)
        }
        var positions: [String: Int] = [:]
        for (index, name) in header.cells.enumerated() {
            guard !name.isEmpty else { throw failure("column \(index + 1) has no name") }
            guard positions.updateValue(index, forKey: name) == nil else {
                throw failure("the column '\(name)' occurs twice")
            }
        }
        func required(_ name: String) throws -> Int {
            if let index = positions[name] { return index }
            let meant = nearest(name, among: header.cells).map { "; was '\($0)' meant?" } ?? "."
            throw failure("the header has no column '\(name)'\(meant) It reads \(header.cells.joined(separator: ","))")
        }
        path = try required("path")
        label = try required("label")
        group = positions["group"]
        split = positions["split"]
        landmarks = Self.landmarkNames.compactMap { positions[$0] }
        guard landmarks.isEmpty || landmarks.count == 10 else {
            let missing = Self.landmarkNames.filter { positions[$0] == nil }
            throw failure(
                "landmarks need all of x1,y1 to x5,y5; missing: \(missing.joined(separator: ", ")). "
                    + "Columns that mean something else need other names")
        }
        let used = Set([path, label] + landmarks + [group, split].compactMap { $0 })
        further = header.cells.indices.filter { !used.contains($0) }
        names = header.cells
        self.manifest = manifest
    }

    func item(_ row: CommaSeparatedRows.Row) throws -> Item {
        guard row.cells.count == names.count else {
            throw DataError(
                path: manifest, line: row.line,
                message: "\(row.cells.count) cells where the header names \(names.count)")
        }
        for column in [path, label] where row.cells[column].isEmpty {
            throw DataError(path: manifest, line: row.line, message: "its \(names[column]) is empty")
        }
        func optional(_ column: Int?) -> String? {
            column.map { row.cells[$0] }.flatMap { $0.isEmpty ? nil : $0 }
        }
        return Item(
            path: row.cells[path], label: row.cells[label], group: optional(group), split: optional(split),
            columns: Dictionary(uniqueKeysWithValues: further.map { (names[$0], row.cells[$0]) }),
            landmarks: try landmarks(row))
    }

    private func landmarks(_ row: CommaSeparatedRows.Row) throws -> Landmarks? {
        if landmarks.allSatisfy({ row.cells[$0].isEmpty }) { return nil }
        let values = try landmarks.map { column in
            guard let value = Double(row.cells[column]), value.isFinite else {
                throw DataError(
                    path: manifest, line: row.line,
                    message: "its \(names[column]) is '\(row.cells[column])', not a number")
            }
            return value
        }
        func point(_ index: Int) -> Point { Point(x: values[2 * index], y: values[2 * index + 1]) }
        return Landmarks(
            leftEye: point(0), rightEye: point(1), nose: point(2), leftMouthCorner: point(3),
            rightMouthCorner: point(4))
    }
}
