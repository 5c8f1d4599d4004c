import Datasets
import Foundation

/// The section `data`: where the samples are and how they are split.
public struct DataRecipe: Sendable {
    public enum Format: String, Sendable, CaseIterable {
        /// A folder per identity.
        case folders
        /// A CSV file `path,label[,group][,split][,…]`.
        case manifest
        /// A folder of IDX files with MNIST's names.
        case idx
        /// A folder with CIFAR-10 or CIFAR-100 in the binary form.
        case cifar
        /// The German traffic signs' folder with `Final_Training` and `Final_Test`.
        case gtsrb
        /// Omniglot's folders: alphabet, character, drawings.
        case omniglot
        /// A folder with `train.rec` and `train.idx` as InsightFace distributes them, or a `.rec` file.
        case recordIO = "recordio"
        /// A folder of tar shards in WebDataset's form, or one `.tar` file.
        case shards
        /// Drawn identities, for measuring speed and memory.
        case synthetic

        /// Whether the files themselves say which set a sample belongs to.
        var assignsSets: Bool { ![.folders, .omniglot, .recordIO, .shards].contains(self) }

        /// What a path's ending, or a folder name that a published archive unpacks to, tells.
        init(guessedFrom path: String) {
            let name = path.split(separator: "/").last ?? ""
            self =
                if name.hasSuffix(".csv") {
                    .manifest
                } else if name.hasSuffix(".rec") {
                    .recordIO
                } else if name.hasSuffix(".tar") {
                    .shards
                } else if name == "cifar-10-batches-bin" || name == "cifar-100-binary" {
                    .cifar
                } else if name == "GTSRB" {
                    .gtsrb
                } else if name == "omniglot" || name.hasPrefix("images_background") || name == "images_evaluation" {
                    .omniglot
                } else if path.contains("idx") {
                    .idx
                } else {
                    .folders
                }
        }
    }

    /// The folder or file, relative to a data root (``/Datasets/DataRoots``); of drawn data no more than a name.
    public var path: String
    public var format: Format
    /// What is drawn with the format `synthetic`.
    public var synthetic: SyntheticSource.Plan
    /// Which of CIFAR-100's labels are the classes.
    public var labels: CIFARSource.Labels
    /// The column whose entries keep pictures on one side of the split; `nil` leaves the source's own groups.
    public var groupColumn: String?
    public var split: SplitRecipe
    /// The part of the training and development samples that is the development set; `nil` leaves the split's own.
    public var fold: SplitFold?
    /// The classes of which training samples are left out.
    public var thinning: TrainingThinning?
    public var identities: IdentitySharing
    /// What the sets must be able to carry.
    public var purpose: SplitPurpose
    /// Whether equal files under two labels, or on two sides of the split, are allowed.
    public var allowsDuplicates: Bool
    /// The share of training samples that get another class's label; `nil` leaves all as they are.
    public var labelNoise: Double?

    init(_ section: RecipeSection, recipeFile: String, task: RecipeTask) throws {
        let isDrawn = (try? section.peek("format", as: String.self)) == Format.synthetic.rawValue
        path = isDrawn ? try section.value("path", default: "synthetic") : try section.required("path")
        format = try section.choice("format", default: Format(guessedFrom: path))
        synthetic = try Self.synthetic(section, format)
        if format != .cifar { try section.refuse(["labels"], with: "format: \(format.rawValue)") }
        labels = format == .cifar ? try section.choice("labels", default: .fine) : .fine
        groupColumn = try section.optional("group_by")
        purpose = task.purpose
        identities = try section.value("shared_identities", default: task == .classification) ? .shared : .disjoint
        guard task != .classification || identities == .shared else {
            throw section.error(
                "shared_identities",
                "cannot be false with task: classification, which knows the classes of training alone")
        }
        allowsDuplicates = try section.value("allow_duplicates", default: false)
        labelNoise = try section.optional("label_noise", in: 0...1, "a share of the training labels, from 0 to 1")
        thinning = try Self.thinning(section)
        let splitSection = try section.section("split")
        split = try SplitRecipe(splitSection, recipeFile: recipeFile, format: format)
        fold = try Self.fold(splitSection, identities)
    }

    /// `keep: {cat: 0.1}`: the share of its training samples that a class keeps.
    private static func thinning(_ section: RecipeSection) throws -> TrainingThinning? {
        guard let shares = try section.optional("keep", as: [String: Double].self) else {
            try section.refuse(["keep_seed"], with: "no class of data.keep")
            return nil
        }
        if let wrong = shares.first(where: { !($0.value > 0 && $0.value <= 1) }) {
            throw section.error("keep", "\(wrong.key) must keep a share above 0, at most 1, not \(wrong.value)")
        }
        return TrainingThinning(shares, seed: UInt64(try section.value("keep_seed", default: 1, in: 0..., "0 or more")))
    }

    /// `fold: 2/5`: the second of five.
    private static func fold(_ section: RecipeSection, _ identities: IdentitySharing) throws -> SplitFold? {
        guard let text = try section.optional("fold", as: String.self) else {
            try section.refuse(["fold_seed"], with: "no fold")
            return nil
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], count >= 2, (1...count).contains(number)
        else { throw section.error("fold", "must be one of several, such as 2/5, not “\(text)”") }
        guard identities == .shared else {
            throw section.error(
                "fold", "deals out the samples of every class, and needs shared_identities: true in data")
        }
        let seed = try section.value("fold_seed", default: 1, in: 0..., "0 or more")
        return SplitFold(number, of: count, seed: UInt64(seed))
    }

    private static func synthetic(_ section: RecipeSection, _ format: Format) throws -> SyntheticSource.Plan {
        guard format == .synthetic else {
            try section.refuse(["identities", "pictures_each", "held_out", "size"], with: "format: \(format.rawValue)")
            return SyntheticSource.Plan(identities: 2)
        }
        let heldOut = try section.value(
            "held_out", default: 50, in: 0...1_000_000, "identities in each set held out, from 2 to 1000000")
        guard heldOut != 1 else {
            throw section.error("held_out", "must be 0, or 2 or more, for there to be strangers")
        }
        let identities = try section.value("identities", default: 1000, in: 2...100_000_000, "from 2 to 100000000")
        let pictures = try section.value("pictures_each", default: 1, in: 1...10_000, "from 1 to 10000")
        guard identities * pictures <= 1_000_000_000 else {
            throw section.error("pictures_each", "makes more than 1000000000 pictures of \(identities) identities")
        }
        return SyntheticSource.Plan(
            identities: identities, pictures: pictures, heldOut: heldOut,
            size: try section.value("size", default: 32, in: 1...4096, "from 1 to 4096 rows and columns"))
    }
}

/// The section `data.split`: one of a file, the manifest's column, shares, or lists of identities.
public enum SplitRecipe: Sendable {
    case file(String)
    case column
    case fractions([SplitRule.Fraction], seed: Int)
    case lists([SplitRule.List])

    private static let sets = [Split.training, Split.development, Split.test]

    init(_ section: RecipeSection, recipeFile: String, format: DataRecipe.Format) throws {
        if let file = try section.optional("file", as: String.self) {
            try section.refuse(["column", "seed"] + Self.sets, with: "a split file")
            let folder = URL(fileURLWithPath: recipeFile).deletingLastPathComponent()
            self = .file(file.hasPrefix("/") ? file : folder.appendingPathComponent(file).relativePath)
            // The run folder keeps a copy beside the resolved recipe.
            section.replace("file", by: RunFolder.splitName)
        } else if try section.value("column", default: format.assignsSets && !section.has(Split.training)) {
            try section.refuse(["seed"] + Self.sets, with: "column: true")
            self = .column
        } else if let lists = try Self.lists(section) {
            try section.refuse(["seed"], with: "lists of identities")
            self = .lists(lists)
        } else {
            let shares = try zip(Self.sets, [0.7, 0.15, 0.15]).map { name, share in
                SplitRule.Fraction(
                    name: name, share: try section.value(name, default: share, in: 0...1, "a share from 0 to 1"))
            }
            self = .fractions(
                shares.filter { $0.share > 0 }, seed: try section.value("seed", default: 1, in: 0..., "0 or more"))
        }
    }

    /// The sets as lists of identities, where the recipe gives words instead of shares.
    private static func lists(_ section: RecipeSection) throws -> [SplitRule.List]? {
        guard section.has(Split.training), (try? section.peek(Split.training, as: Double.self)) == nil else {
            return nil
        }
        return try sets.compactMap { name in
            try section.optional(name, as: [String].self).map { .init(name: name, identities: $0) }
        }
    }

    /// The rule for a split.
    func rule() throws -> SplitRule {
        switch self {
        case .file(let path): .file(try SplitFile(path: path))
        case .column: .column
        case .fractions(let fractions, let seed): .fractions(fractions, seed: UInt64(seed))
        case .lists(let lists): .lists(lists)
        }
    }
}
