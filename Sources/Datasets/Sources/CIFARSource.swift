import Foundation

/// CIFAR-10 or CIFAR-100 in the binary form of Krizhevsky (2009): records of one label byte (CIFAR-100:
/// two, coarse before fine) and 3072 bytes of a 32 × 32 picture, all reds, all greens, all blues, each
/// row by row.
///
/// A record's bytes are given as a raw PPM file, so that every source feeds the same decoder. Training
/// files get the split "train", the test file "test".
public struct CIFARSource: ItemSource {
    /// Which of CIFAR-100's two labels is an item's label; the other becomes the column of its name.
    public enum Labels: String, Sendable, Hashable, CaseIterable {
        /// 100 classes.
        case fine
        /// 20 groups of them.
        case coarse
    }

    public let folder: String
    public let items: [Item]
    private let files: [String: RandomAccessFile]
    private let layout: CIFARLayout

    /// Opens a folder with `data_batch_1.bin`, ..., `test_batch.bin` (CIFAR-10) or with `train.bin` and
    /// `test.bin` (CIFAR-100). Classes bear the names of `batches.meta.txt` or of
    /// `fine_label_names.txt` and `coarse_label_names.txt`, and numbers where that file is missing.
    ///
    /// Only labels are kept in memory. `labels` means nothing for CIFAR-10.
    ///
    /// - Throws: ``DataError`` where a file is missing or not a whole number of records long, or where
    ///   a label has no name.
    public init(folder: String, labels: Labels = .fine) throws {
        let layout = try CIFARLayout(folder: folder)
        let names = try layout.labels.map { try CIFARNames(folder: folder, file: $0.namesFile) }
        let chosen = layout.labels.count == 1 ? 0 : layout.labels.firstIndex { $0.name == labels.rawValue } ?? 0
        var items: [Item] = []
        var files: [String: RandomAccessFile] = [:]
        for (file, split) in layout.files {
            let path = joined(folder, file)
            files[file] = try RandomAccessFile(path: path)
            let stored = try readFile(path)
            guard !stored.isEmpty, stored.count.isMultiple(of: layout.recordLength) else {
                throw DataError(
                    path: path,
                    message: "is \(stored.count) bytes long, not a whole number of records of "
                        + "\(layout.recordLength) bytes as \(layout.title) has them")
            }
            for record in 0..<stored.count / layout.recordLength {
                let given = try names.indices.map { index in
                    try names[index].name(stored[record * layout.recordLength + index], of: record, in: path)
                }
                var item = Item(path: "\(file)#\(record)", record: record, label: given[chosen], split: split)
                for index in given.indices where index != chosen {
                    item.columns[layout.labels[index].name] = given[index]
                }
                items.append(item)
            }
        }
        self.folder = folder
        self.items = items
        self.files = files
        self.layout = layout
    }

    public func bytes(of item: Item) throws -> [UInt8] {
        guard let record = item.record, let file = files[String(item.path.dropLast("#\(record)".count))],
            (0..<file.size / layout.recordLength).contains(record)
        else {
            throw DataError(path: place(of: item), message: "there is no such record in this source")
        }
        let planes = try file.bytes(
            CIFARLayout.pictureLength, at: record * layout.recordLength + layout.labels.count)
        let side = CIFARLayout.side
        var picture = Array("P6\n\(side) \(side)\n255\n".utf8)
        picture.reserveCapacity(picture.count + planes.count)
        for pixel in 0..<side * side {
            for channel in 0..<3 { picture.append(planes[channel * side * side + pixel]) }
        }
        return picture
    }

    public func place(of item: Item) -> String {
        joined(folder, item.path)
    }
}

/// Which of the two sets a folder holds, and in which files.
private struct CIFARLayout {
    static let side = 32
    static let pictureLength = 3 * side * side

    let title: String
    /// The labels in the order of their bytes.
    let labels: [(name: String, namesFile: String)]
    let files: [(name: String, split: String)]
    var recordLength: Int { labels.count + Self.pictureLength }

    init(folder: String) throws {
        let names = try visibleNames(in: folder)
        let batches = names.filter { $0.hasPrefix("data_batch_") && $0.hasSuffix(".bin") }
        func require(_ file: String) throws {
            guard names.contains(file) else {
                throw DataError(path: joined(folder, file), message: "is missing; \(title) consists of it too")
            }
        }
        if !batches.isEmpty || names.contains("test_batch.bin") {
            title = "CIFAR-10"
            labels = [("label", "batches.meta.txt")]
            let expected = (1...max(batches.count, 1)).map { "data_batch_\($0).bin" }
            files = expected.map { ($0, "train") } + [("test_batch.bin", "test")]
        } else if names.contains("train.bin") || names.contains("test.bin") {
            title = "CIFAR-100"
            labels = [("coarse", "coarse_label_names.txt"), ("fine", "fine_label_names.txt")]
            files = [("train.bin", "train"), ("test.bin", "test")]
        } else {
            throw DataError(
                path: folder,
                message: "holds neither CIFAR-10 (data_batch_1.bin, ..., test_batch.bin) nor CIFAR-100 (train.bin, "
                    + "test.bin) in the binary form" + (names.isEmpty ? "" : "; it holds \(listed(names))"))
        }
        for file in files { try require(file.name) }
    }
}

/// The names of the classes, one on each line; none where there is no such file.
private struct CIFARNames {
    private let file: String
    private let names: [String]?

    init(folder: String, file: String) throws {
        self.file = file
        let path = joined(folder, file)
        guard FileManager.default.fileExists(atPath: path) else {
            names = nil
            return
        }
        guard let text = String(validating: try readFile(path), as: UTF8.self) else {
            throw DataError(path: path, message: "is not UTF-8 text")
        }
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
        if let (line, name) = lines.enumerated().first(where: { lines[..<$0].contains($1) }) {
            throw DataError(path: path, message: "names two classes '\(name)', the second as number \(line)")
        }
        names = lines
    }

    func name(_ label: UInt8, of record: Int, in path: String) throws -> String {
        guard let names else { return String(label) }
        guard label < names.count else {
            throw DataError(
                path: "\(path)#\(record)", message: "has the label \(label); \(file) names \(names.count) classes")
        }
        return names[Int(label)]
    }
}
