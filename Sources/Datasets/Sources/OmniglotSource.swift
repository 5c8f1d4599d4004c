/// Omniglot (Lake, Salakhutdinov, Tenenbaum 2015) as it is unpacked:
/// `<alphabet>/<character>/<number>_<drawer>.png`, or folders `images_background` and
/// `images_evaluation` (`images_background_small1` and the like too) that hold the alphabets.
///
/// An item's label is `alphabet/character`, since characters are numbered anew in each alphabet. The
/// columns `alphabet` and `drawer` are what else the path says. Below `images_background` items get the
/// split "train", below `images_evaluation` "test", and none otherwise.
public struct OmniglotSource: ItemSource {
    public let root: String
    public let items: [Item]

    /// - Throws: ``DataError`` that names the folder or file that does not fit the layout.
    public init(root: String) throws {
        let names = try visibleNames(in: root).filter { isFolder(joined(root, $0)) }
        let parts = names.filter { $0.hasPrefix("images_") }
        let alphabets: [(path: String, split: String?)] =
            try parts.isEmpty
            ? names.map { ($0, nil) }
            : parts.flatMap { part in
                try visibleNames(in: joined(root, part)).map {
                    ("\(part)/\($0)", part.hasPrefix("images_evaluation") ? "test" : "train")
                }
            }
        items = try alphabets.filter { isFolder(joined(root, $0.path)) }.flatMap { alphabet in
            try Self.items(of: alphabet.path, split: alphabet.split, in: root)
        }
        guard !items.isEmpty else {
            throw DataError(
                path: root,
                message: "holds no Omniglot: folders of alphabets with folders of characters were expected, "
                    + "as in Greek/character01/0394_01.png")
        }
        self.root = root
    }

    public func bytes(of item: Item) throws -> [UInt8] {
        try readFile(place(of: item))
    }

    public func place(of item: Item) -> String {
        joined(root, item.path)
    }

    private static func items(of path: String, split: String?, in root: String) throws -> [Item] {
        let alphabet = path.split(separator: "/").last.map(String.init) ?? path
        return try visibleNames(in: joined(root, path)).flatMap { character -> [Item] in
            let folder = "\(path)/\(character)"
            guard isFolder(joined(root, folder)) else {
                throw DataError(
                    path: joined(root, folder), message: "is a file where characters' folders were expected")
            }
            return try visibleNames(in: joined(root, folder)).map { file in
                let words = file.split(whereSeparator: { $0 == "_" || $0 == "." })
                guard words.count == 3, words.prefix(2).allSatisfy({ Int($0) != nil }) else {
                    throw DataError(
                        path: joined(root, "\(folder)/\(file)"),
                        message: "is not named by number and drawer, as in 0394_01.png")
                }
                return Item(
                    path: "\(folder)/\(file)", label: "\(alphabet)/\(character)", split: split,
                    columns: ["alphabet": alphabet, "drawer": String(words[1])])
            }
        }
    }
}
