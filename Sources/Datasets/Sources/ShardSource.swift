import Foundation

/// Pictures in tar shards as WebDataset writes them: files of one sample lie in one archive and share
/// their path up to the first dot of the file's name, `0001.jpg` beside `0001.cls` or `0001.json`.
///
/// The label is the text of `.cls`, or else `label` of the `.json` object. `group` and `split` of that
/// object are the item's; its other strings and numbers are columns. Samples whose name begins with two
/// underscores describe the shard and are passed over, as are files of other endings.
public struct ShardSource: ItemSource {
    public let folder: String
    public let items: [Item]
    private let pictures: [String: Picture]

    private struct Picture: Sendable {
        let archive: String
        let entry: TarFile.Entry
    }

    /// Opens a `.tar` file, or all of them in a folder, in natural order. Headers and labels are read;
    /// pictures are read when they are loaded, in any order.
    ///
    /// - Throws: ``DataError`` that names the archive and the sample, or the byte where it is damaged.
    public init(path: String) throws {
        let archives: [String]
        if isFolder(path) {
            folder = path
            archives = try visibleNames(in: path).filter { $0.hasSuffix(".tar") }
        } else {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            folder = String(path.dropLast(name.count))
            archives = [name]
        }
        var items: [Item] = []
        var pictures: [String: Picture] = [:]
        for archive in archives {
            let path = joined(folder, archive)
            let file = try RandomAccessFile(path: path)
            for (number, sample) in try ShardSample.samples(in: TarFile(path: path)).enumerated() {
                let (item, picture) = try sample.item(number, in: file, named: archive)
                items.append(item)
                pictures[item.path] = Picture(archive: path, entry: picture)
            }
        }
        guard !items.isEmpty else {
            throw DataError(
                path: path,
                message: "holds no samples: .tar files with pictures and .cls or .json beside each were expected")
        }
        self.items = items
        self.pictures = pictures
    }

    public func bytes(of item: Item) throws -> [UInt8] {
        guard let picture = pictures[item.path] else {
            throw DataError(path: place(of: item), message: "there is no such sample in this source")
        }
        // Opened for each: there may be more shards than files that a process may hold open.
        return try RandomAccessFile(path: picture.archive).bytes(picture.entry.size, at: picture.entry.offset)
    }

    public func place(of item: Item) -> String {
        joined(folder, item.path)
    }
}

/// The files of one sample by their endings.
private struct ShardSample {
    let name: String
    private(set) var files: [String: TarFile.Entry] = [:]

    /// In the order of the archive.
    static func samples(in archive: TarFile) throws -> [ShardSample] {
        var samples: [ShardSample] = []
        var positions: [String: Int] = [:]
        for entry in archive.entries {
            let path = entry.name.hasPrefix("./") ? String(entry.name.dropFirst(2)) : entry.name
            let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
            guard let dot = path[start...].firstIndex(of: "."), dot > start, !path[start...].hasPrefix("__") else {
                continue
            }
            let name = String(path[..<dot])
            let position = positions[name] ?? samples.count
            if position == samples.count {
                positions[name] = position
                samples.append(ShardSample(name: name))
            }
            let ending = path[path.index(after: dot)...].lowercased()
            guard samples[position].files.updateValue(entry, forKey: ending) == nil else {
                throw DataError(path: archive.path, message: "holds '\(path)' twice")
            }
        }
        return samples
    }

    func item(_ number: Int, in file: RandomAccessFile, named archive: String) throws -> (Item, TarFile.Entry) {
        let place = "\(file.path)#\(name)"
        let found = files.filter { FolderSource.pictureExtensions.contains($0.key) }
        guard found.count == 1, let (ending, picture) = found.first else {
            throw DataError(
                path: place,
                message: "one picture was expected; the sample's files end in "
                    + listed(files.keys.sorted().map { "." + $0 }))
        }
        var item = Item(path: "\(archive)#\(name).\(ending)", record: number, label: "")
        if let entry = files["json"] {
            try ShardDescription(file.bytes(entry.size, at: entry.offset), place: place).describe(&item)
        }
        if let entry = files["cls"] {
            let text = String(decoding: try file.bytes(entry.size, at: entry.offset), as: UTF8.self)
            item.label = text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        guard !item.label.isEmpty else {
            throw DataError(
                path: place, message: "has no label: a .cls file, or a .json file with \"label\", was expected")
        }
        return (item, picture)
    }
}

/// What the `.json` file of a sample says in strings and numbers.
private struct ShardDescription {
    private enum Value: Decodable {
        case text(String)
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let number = try? container.decode(Int.self) {
                self = .text(String(number))
            } else if let number = try? container.decode(Double.self) {
                self = .text(String(number))
            } else {
                self = .other
            }
        }
    }

    private let values: [String: String]

    init(_ bytes: [UInt8], place: String) throws {
        do {
            values = try JSONDecoder().decode([String: Value].self, from: Data(bytes)).compactMapValues {
                if case .text(let text) = $0 { text } else { nil }
            }
        } catch {
            throw DataError(path: place + ".json", message: "is not a JSON object")
        }
    }

    func describe(_ item: inout Item) throws {
        item.columns = values
        func take(_ key: String) -> String? {
            item.columns.removeValue(forKey: key).flatMap { $0.isEmpty ? nil : $0 }
        }
        item.label = take("label") ?? ""
        item.group = take("group")
        item.split = take("split")
    }
}
