import Datasets

/// The samples of a recipe, found and split.
public struct OpenedData: Sendable {
    public let source: any ItemSource
    public let split: Split
    /// The identities of the training set: the rows of the head.
    public let classes: Classes

    /// Opens, splits and checks the data of a recipe.
    ///
    /// - Throws: what is wrong with the files, the split, or duplicates, each naming the file.
    public init(_ recipe: DataRecipe, roots: DataRoots) throws {
        source = try Self.source(recipe, roots: roots)
        split = try Split(of: source.items, by: recipe.split.rule(), identities: recipe.identities, for: .verification)
        guard let training = split["train"] else {
            throw DataError(
                path: recipe.path, message: "has no set called train; name one in data.split or in the manifest's column split")
        }
        let items = source.items
        classes = Classes(labels: training.map { items[$0].label })
        try Duplicates(in: source).check(in: source, split: split, allowed: recipe.allowsDuplicates)
    }

    private static func source(_ recipe: DataRecipe, roots: DataRoots) throws -> any ItemSource {
        let path = try roots.resolve(recipe.path)
        switch recipe.format {
        case .folders: return try FolderSource(root: path)
        case .manifest: return try ManifestSource(path: path)
        case .idx: return try IDXSource(folder: path)
        }
    }

    /// The indices of a set.
    ///
    /// - Throws: ``/Datasets/DataError`` when there is no such set, naming those there are.
    public func indices(of set: String) throws -> [Int] {
        guard let indices = split[set] else {
            throw DataError(
                path: set, message: "is no set of this split; there are \(split.parts.map(\.name).joined(separator: ", "))")
        }
        return indices
    }

    /// The labels of items.
    public func labels(of indices: [Int]) -> [String] { indices.map { source.items[$0].label } }
}
