import Datasets

/// The samples of a recipe, found and split.
public struct OpenedData: Sendable {
    public let source: any ItemSource
    public let split: Split
    /// The identities of the training set: the rows of the head.
    public let classes: Classes

    /// What lay in a folder of folders and is no sample.
    public let skipped: [FolderSource.Skipped]
    /// What all of it consists of.
    public let fingerprint: DataFingerprint

    /// Opens, splits and checks the data of a recipe.
    ///
    /// - Throws: what is wrong with the files, the split, or duplicates, each naming the file.
    public init(_ recipe: DataRecipe, roots: DataRoots) throws {
        var found: Duplicates?
        try self.init(recipe, roots: roots) { source in
            let duplicates = try Duplicates(in: source)
            found = duplicates
            return duplicates
        }
        try found?.check(in: source, split: split, allowed: recipe.allowsDuplicates)
    }

    /// Opens and splits the data of a recipe, and leaves equal files to the caller.
    ///
    /// - Parameter duplicates: looks at all files.
    init(_ recipe: DataRecipe, roots: DataRoots, duplicates: (any ItemSource) throws -> Duplicates) throws {
        let path = recipe.format == .synthetic ? recipe.path : try Self.place(of: recipe.path, roots)
        let found = try Self.source(recipe, path)
        skipped = (found as? FolderSource)?.skipped ?? []
        source = try recipe.groupColumn.map { try GroupedSource(found, by: $0) } ?? found
        let items = source.items
        if !recipe.allowsDuplicates { try Self.checkListedOnce(items, path) }
        do {
            split = try Split(
                of: items, by: recipe.split.rule(), identities: recipe.identities, fold: recipe.fold,
                thinning: recipe.thinning, for: recipe.purpose)
        } catch let error as SplitError {
            throw DataError(path: path, message: error.description)
        }
        guard let training = split[Split.training] else {
            throw DataError(
                path: path,
                message: "has no set called train; name one in data.split or in the manifest's column split")
        }
        classes = Classes(labels: training.map { items[$0].label })
        fingerprint = DataFingerprint(of: items, hashes: try duplicates(source).contentHashes, split: split)
    }

    /// Where the data lie; what is missing and can be prepared is said to be so.
    private static func place(of path: String, _ roots: DataRoots) throws -> String {
        do {
            return try roots.resolve(path)
        } catch let error as DataError {
            let name = path.split(separator: "/").first.map(String.init)
            guard let preparation = Preparation.all.first(where: { $0.name == name }) else { throw error }
            throw DataError(path: path, message: "\(error.message), or run `margin prepare \(preparation.name)`")
        }
    }

    private static func source(_ recipe: DataRecipe, _ path: String) throws -> any ItemSource {
        switch recipe.format {
        case .folders: try FolderSource(root: path)
        case .manifest: try ManifestSource(path: path)
        case .idx: try IDXSource(folder: path)
        case .cifar: try CIFARSource(folder: path, labels: recipe.labels)
        case .gtsrb: try GTSRBSource(root: path)
        case .omniglot: try OmniglotSource(root: path)
        case .recordIO where path.hasSuffix(".rec"): try RecordIOSource(records: path)
        case .recordIO: try RecordIOSource(folder: path)
        case .shards: try ShardSource(path: path)
        case .synthetic: SyntheticSource(recipe.synthetic)
        }
    }

    /// A picture that is listed twice would be compared with itself.
    private static func checkListedOnce(_ items: [Item], _ path: String) throws {
        var seen: Set<String> = []
        for item in items where !seen.insert(item.path).inserted {
            throw DataError(
                path: path,
                message: "lists '\(item.path)' twice; remove one of the lines, or say `allow_duplicates: true`")
        }
    }

    /// The indices of a set.
    ///
    /// - Throws: ``/Datasets/DataError`` when there is no such set, naming those there are.
    public func indices(of set: String) throws -> [Int] {
        guard let indices = split[set] else {
            let names = split.parts.map(\.name).joined(separator: ", ")
            throw DataError(path: set, message: "is no set of this split; there are \(names)")
        }
        return indices
    }

    /// The labels of items.
    public func labels(of indices: [Int]) -> [String] { indices.map { source.items[$0].label } }

    /// The numbers of items' classes.
    ///
    /// - Throws: ``/Datasets/DataError`` that names a label which training does not have.
    func classNumbers(of indices: [Int]) throws -> [Int] {
        try indices.map { index in
            let item = source.items[index]
            guard let number = classes.number(of: item.label) else {
                throw DataError(
                    path: source.place(of: item), message: "is labelled '\(item.label)', which no training sample is")
            }
            return number
        }
    }

    /// The sets with the numbers of their identities and pictures.
    var summary: [(name: String, identities: Int, pictures: Int)] {
        split.parts.map { ($0.name, Set(labels(of: $0.indices)).count, $0.indices.count) }
    }
}
