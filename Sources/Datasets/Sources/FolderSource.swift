/// A folder of folders, one for each identity: `<root>/<identity>/<files>`.
///
/// Identities and files are in natural order (s2 before s10). Hidden files are passed over silently;
/// whatever else is not taken is listed in ``skipped``.
public struct FolderSource: ItemSource {
    /// What folders inside an identity's folder are.
    public enum Subfolders: Sendable, Hashable {
        /// Not taken.
        case skipped
        /// Groups: `<identity>/<group>/<files>`, as VoxCeleb keeps the clips of one video together.
        case groups
    }

    /// A file or folder that was not taken, and why.
    public struct Skipped: Sendable, Hashable {
        public let path: String
        public let reason: String
    }

    /// The endings of the pictures that can be decoded.
    public static let pictureExtensions: Set<String> = [
        "jpg", "jpeg", "png", "gif", "pbm", "pgm", "ppm", "pnm",
    ]

    public let root: String
    public let items: [Item]
    /// What lay in the folder and was not taken, in natural order.
    public let skipped: [Skipped]

    /// Lists the folder. Files are taken by their ending, in either case; what they really are is seen
    /// when they are decoded.
    ///
    /// - Throws: ``DataError`` where the folder is missing or holds no such files.
    public init(
        root: String, extensions: Set<String> = FolderSource.pictureExtensions, subfolders: Subfolders = .skipped
    ) throws {
        var listing = Listing(root: root, extensions: extensions, subfolders: subfolders)
        for name in try visibleNames(in: root) {
            if isFolder(joined(root, name)) {
                try listing.addIdentity(name)
            } else {
                listing.skipped.append(Skipped(path: name, reason: "lies beside the identities' folders"))
            }
        }
        guard !listing.items.isEmpty else { throw listing.emptyError() }
        self.root = root
        self.items = listing.items
        self.skipped = listing.skipped
    }

    public func bytes(of item: Item) throws -> [UInt8] {
        try readFile(place(of: item))
    }

    public func place(of item: Item) -> String {
        joined(root, item.path)
    }
}

/// What is gathered while a folder is listed.
private struct Listing {
    let root: String
    let extensions: Set<String>
    let subfolders: FolderSource.Subfolders
    var items: [Item] = []
    var skipped: [FolderSource.Skipped] = []

    mutating func addIdentity(_ identity: String) throws {
        let before = items.count
        for name in try visibleNames(in: joined(root, identity)) {
            let path = "\(identity)/\(name)"
            if takes(name) {
                items.append(Item(path: path, label: identity))
            } else if isFolder(joined(root, path)) {
                try addSubfolder(path, of: identity)
            } else {
                skip(path, "does not end in \(endings)")
            }
        }
        if items.count == before { skip(identity, "holds no files that end in \(endings)") }
    }

    private mutating func addSubfolder(_ path: String, of identity: String) throws {
        guard subfolders == .groups else {
            return skip(path, "is a folder inside an identity's folder")
        }
        for name in try visibleNames(in: joined(root, path)) {
            if takes(name) {
                items.append(Item(path: "\(path)/\(name)", label: identity, group: path))
            } else {
                skip("\(path)/\(name)", "does not end in \(endings)")
            }
        }
    }

    private func takes(_ name: String) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        return extensions.contains(name[name.index(after: dot)...].lowercased())
    }

    private mutating func skip(_ path: String, _ reason: String) {
        skipped.append(FolderSource.Skipped(path: path, reason: reason))
    }

    private var endings: String {
        extensions.sorted().map { "." + $0 }.joined(separator: ", ")
    }

    func emptyError() -> DataError {
        let found =
            skipped.isEmpty
            ? "it is empty"
            : "it holds " + skipped.prefix(3).map { "'\($0.path)', which \($0.reason)" }.joined(separator: "; ")
                + (skipped.count > 3 ? "; and \(skipped.count - 3) more" : "")
        return DataError(
            path: root,
            message: "no samples here: one folder for each identity was expected, with files that end in "
                + "\(endings); \(found)")
    }
}
