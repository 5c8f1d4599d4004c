import Datasets
import Foundation
import Torch

/// What is to be known before a long run: whether every file can be read, what the data look like, what
/// looks alike on two sides of the split, how many steps there are and how long they take.
public struct RecipeCheck: Encodable, Sendable {
    /// A set of the split with the numbers of pictures of its identities.
    public struct SetSummary: Encodable, Sendable {
        public let name: String
        public let pictures: Int
        public let identities: Int
        public let fewest: Int
        public let median: Double
        public let most: Int
        /// Identities with one picture.
        public let single: Int
    }

    public struct Size: Encodable, Sendable {
        /// “250×250 rgb”
        public let size: String
        public let pictures: Int
    }

    /// Two pictures that look alike, in different sets or under different labels.
    public struct Alike: Encodable, Sendable {
        public let first: String
        public let second: String
        /// Of the two thumbnails, up to 1.
        public let correlation: Double
        public let crossesSplit: Bool
        public let crossesLabels: Bool
    }

    /// What takes time, for whoever watches.
    public enum Stage: Sendable {
        case pictures, timing
    }

    public let task: RecipeTask
    /// Pictures found, those that no set takes included.
    public let pictures: Int
    /// The largest number first.
    public let sizes: [Size]
    public let sets: [SetSummary]
    /// What keeps the run from being right, in words that name files: an exit code of 2.
    public let problems: [String]
    /// The files that cannot be read or framed, each with the reason.
    public let unreadable: [String]
    /// The files and folders among the data that are no samples, each with the reason.
    public let skipped: [String]
    /// The most alike first. Candidates for a look: they are no problems.
    public let alike: [Alike]
    /// Whether more look alike than are listed.
    public let alikeIsCut: Bool
    public let epochs: Int
    public let steps: Int
    public let timing: StepTiming?
    public let memory: MemoryNeed

    public var isFine: Bool { problems.isEmpty }

    /// - Parameter progress: called with the stage, how much of it is done, and how much there is.
    /// - Throws: what keeps the recipe from being opened at all, as training would.
    public init(
        _ recipe: Recipe, roots: DataRoots, progress: (Stage, Int, Int) -> Void = { _, _, _ in }
    ) throws {
        task = recipe.task
        let transform = recipe.transform
        var scanned: SourceScan?
        let data = try OpenedData(recipe.data, roots: roots) { source in
            let scan = try SourceScan(
                of: source, check: { _ = try transform.framed($0, landmarks: $1.landmarks) },
                progress: { progress(.pictures, $0, $1) })
            scanned = scan
            return scan.duplicates
        }
        guard let scan = scanned else { preconditionFailure("opening looks at all files") }
        let source = data.source
        pictures = source.items.count
        unreadable = scan.faults.map(\.message)
        skipped = data.skipped.map { "\($0.path) \($0.reason)" }
        sizes = scan.shapes.map { shape, count in
            Size(size: "\(shape.width)×\(shape.height) \(shape.channels == 1 ? "grey" : "rgb")", pictures: count)
        }.sorted { ($1.pictures, $0.size) < ($0.pictures, $1.size) }
        sets = data.split.parts.map { SetSummary($0.name, labels: data.labels(of: $0.indices)) }
        (alike, alikeIsCut) = Self.alike(scan, data)

        var problems: [String] = []
        if !unreadable.isEmpty { problems.append("\(unreadable.count) of \(pictures) pictures cannot be used") }
        do {
            try scan.duplicates.check(in: source, split: data.split, allowed: recipe.data.allowsDuplicates)
        } catch let error as DuplicateError {
            problems.append(error.description)
        }
        self.problems = problems

        let device = try Device(named: recipe.training.device)
        let parts = try TrainingParts(
            recipe, data: data, initialState: recipe.initialWeights?.open(roots: roots), device: device)
        epochs = recipe.training.epochs
        steps = parts.stepCount
        timing =
            unreadable.isEmpty ? try parts.timing(workers: recipe.training.workers) { progress(.timing, $0, $1) } : nil
        memory = MemoryNeed(parameters: parts.parameterCount, optimizer: recipe.training.optimizer)
    }

    private static func alike(_ scan: SourceScan, _ data: OpenedData) -> ([Alike], Bool) {
        let items = data.source.items
        var sets = [Int?](repeating: nil, count: items.count)
        for (number, part) in data.split.parts.enumerated() {
            for index in part.indices { sets[index] = number }
        }
        var groups = [Int?](repeating: nil, count: items.count)
        for (number, group) in scan.duplicates.groups.enumerated() {
            for index in group { groups[index] = number }
        }
        let found = NearDuplicates(of: scan.fingerprints) { first, second in
            guard let one = sets[first], let other = sets[second] else { return false }
            // Equal files are another matter.
            if let group = groups[first], group == groups[second] { return false }
            return one != other || items[first].label != items[second].label
        }
        let pairs = found.pairs.sorted { $0.correlation > $1.correlation }.map { pair in
            Alike(
                first: data.source.place(of: items[pair.first]), second: data.source.place(of: items[pair.second]),
                correlation: pair.correlation, crossesSplit: sets[pair.first] != sets[pair.second],
                crossesLabels: items[pair.first].label != items[pair.second].label)
        }
        return (pairs, found.isCut)
    }
}

extension RecipeCheck.SetSummary {
    init(_ name: String, labels: [String]) {
        let counts = Dictionary(grouping: labels) { $0 }.values.map(\.count).sorted()
        self.name = name
        pictures = labels.count
        identities = counts.count
        fewest = counts.first ?? 0
        most = counts.last ?? 0
        let middle = counts.count / 2
        median =
            counts.isEmpty
            ? 0
            : counts.count.isMultiple(of: 2) ? Double(counts[middle - 1] + counts[middle]) / 2 : Double(counts[middle])
        single = counts.count { $0 == 1 }
    }
}
