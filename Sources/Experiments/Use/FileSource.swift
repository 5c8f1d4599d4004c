import Datasets
import Foundation

/// Picture files without labels.
struct FileSource: ItemSource {
    let items: [Item]

    init(paths: [String]) {
        items = paths.map { Item(path: $0, label: "") }
    }

    /// Files as they are, and the pictures in folders, at any depth, in natural order.
    init(filesAndFolders inputs: [String]) throws {
        var paths: [String] = []
        for input in inputs {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: input, isDirectory: &isFolder) else {
                throw DataError(path: input, message: "there is no such file or folder")
            }
            guard isFolder.boolValue else {
                paths.append(input)
                continue
            }
            let found = Self.pictures(in: input)
            guard !found.isEmpty else {
                throw DataError(
                    path: input,
                    message: "holds no pictures (\(FolderSource.pictureExtensions.sorted().joined(separator: ", ")))")
            }
            paths += found.map {
                URL(fileURLWithPath: input, isDirectory: true).appendingPathComponent($0).relativePath
            }
        }
        self.init(paths: paths)
    }

    /// Paths relative to the folder; hidden files and folders are passed over.
    private static func pictures(in folder: String) -> [String] {
        // An enumerator does not look behind a link, not even one that is its root.
        let root = URL(fileURLWithPath: folder, isDirectory: true).resolvingSymlinksInPath().path
        return (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? [])
            .filter { path in
                !path.split(separator: "/").contains { $0.hasPrefix(".") }
                    && FolderSource.pictureExtensions.contains(URL(fileURLWithPath: path).pathExtension.lowercased())
            }
            .sorted(by: precedesNaturally)
    }

    func bytes(of item: Item) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: item.path) else {
            throw DataError(
                path: item.path,
                message: FileManager.default.fileExists(atPath: item.path) ? "cannot be read" : "there is no such file")
        }
        return [UInt8](data)
    }

    func place(of item: Item) -> String { item.path }
}
