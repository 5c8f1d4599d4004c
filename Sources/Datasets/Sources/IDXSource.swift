import Foundation

/// Pictures and labels in pairs of IDX files, as MNIST and its relatives come.
///
/// A record's bytes are given as a raw PGM or PPM file, so that every source feeds the same decoder.
public struct IDXSource: ItemSource {
    /// One pair of files and the set they make up.
    public struct Part: Sendable, Hashable {
        public var images: String
        public var labels: String
        public var split: String?

        /// - Parameters:
        ///   - images: a file of pictures: count × rows × columns, or with a fourth dimension of 3.
        ///   - labels: a file of as many labels.
        ///   - split: the set that all of them belong to.
        public init(images: String, labels: String, split: String? = nil) {
            self.images = images
            self.labels = labels
            self.split = split
        }
    }

    public let folder: String
    public let items: [Item]
    /// The pictures' files by the name that stands before `#` in an item's path.
    private let files: [String: IDXFile]

    /// Reads all parts into memory; their paths are relative to `folder`.
    ///
    /// - Throws: ``DataError`` where a file is damaged or pictures and labels differ in number.
    public init(folder: String, parts: [Part]) throws {
        var items: [Item] = []
        var files: [String: IDXFile] = [:]
        for part in parts {
            let images = try IDXFile(path: joined(folder, part.images))
            let labels = try IDXFile(path: joined(folder, part.labels))
            let shape = images.dimensions
            guard shape.count == 3 || shape.count == 4 && shape[3] == 3 else {
                throw DataError(
                    path: images.path,
                    message: "has dimensions \(shape); count × rows × columns (× 3) were expected of pictures")
            }
            guard labels.dimensions.count == 1 else {
                throw DataError(
                    path: labels.path, message: "has dimensions \(labels.dimensions); labels have one")
            }
            guard shape[0] == labels.dimensions[0] else {
                throw DataError(
                    path: labels.path,
                    message: "holds \(labels.dimensions[0]) labels for \(shape[0]) pictures in \(images.path)")
            }
            guard shape[0] > 0, shape[1] > 0, shape[2] > 0 else {
                throw DataError(path: images.path, message: "holds no pictures: its dimensions are \(shape)")
            }
            files[part.images] = images
            items += labels.values.enumerated().map { index, label in
                Item(path: "\(part.images)#\(index)", record: index, label: String(label), split: part.split)
            }
        }
        self.folder = folder
        self.items = items
        self.files = files
    }

    /// Reads a folder with MNIST's names, `train-images-idx3-ubyte` and the like, with `.gz` or
    /// without: its training pictures get the split "train", the t10k ones "test".
    ///
    /// - Throws: ``DataError`` where a file is missing or damaged.
    public init(folder: String) throws {
        let parts = try [("train", "train"), ("t10k", "test")].map { prefix, split in
            func file(_ name: String) throws -> String {
                let names = ["\(prefix)-\(name)", "\(prefix)-\(name).gz"]
                let found = names.first { FileManager.default.fileExists(atPath: joined(folder, $0)) }
                guard let found else {
                    throw DataError(path: folder, message: "holds neither \(names[0]) nor \(names[1])")
                }
                return found
            }
            return Part(
                images: try file("images-idx3-ubyte"), labels: try file("labels-idx1-ubyte"), split: split)
        }
        try self.init(folder: folder, parts: parts)
    }

    public func bytes(of item: Item) throws -> [UInt8] {
        guard let record = item.record, let file = files[String(item.path.dropLast("#\(record)".count))],
            record < file.dimensions[0]
        else {
            throw DataError(path: place(of: item), message: "there is no such record in this source")
        }
        let shape = file.dimensions
        let count = shape.dropFirst().reduce(1, *)
        let kind = shape.count == 4 ? 6 : 5
        return Array("P\(kind)\n\(shape[2]) \(shape[1])\n255\n".utf8)
            + file.values[record * count..<(record + 1) * count]
    }

    public func place(of item: Item) -> String {
        joined(folder, item.path)
    }
}
