import Datasets
import Foundation

/// What a study of critical classes runs.
public struct CriticalPlan: Sendable {
    /// The recipe's file.
    public var recipe: String
    /// Changes to the recipe for all runs, as `key=value`.
    public var settings: [String] = []
    /// Names of classes, or ``ClassRole``s.
    public var classes: [String]
    /// Whether the classes are one target: margins, weights and bias for all of them, and their mean recall.
    public var isTogether = false
    /// Names the result file.
    public var study: String
    public var grid = CriticalGrid()
    /// How many settings each method may choose from.
    public var settingCount = 4
    /// Folds of the training and development samples, of which each is the development set in turn; `nil` leaves the
    /// recipe's own development set.
    public var foldCount: Int?
    /// Seeds of each setting that is tried, where there are no folds; with folds each has one.
    public var searchSeedCount = 2
    /// Epochs of a run that tries a setting; `nil` for a third of the recipe's.
    public var searchEpochs: Int?
    /// Seeds 1 to this of what was chosen.
    public var seedCount = 5
    /// How much of CE's validation accuracy the second rule gives away.
    public var tolerance = 0.002
    /// The draws of test samples.
    public var drawCount = 2000

    public init(recipe: String, classes: [String]) {
        self.recipe = recipe
        self.classes = classes
        study = "critical-\(Study.stem(of: recipe))"
    }

    /// The two rules that settings are chosen by: how far the mean validation accuracy may lie below CE's.
    var tolerances: [Double] { tolerance > 0 ? [0, tolerance] : [0] }

    /// One split of the data, or several in turn.
    var folds: [StudyFold] {
        guard let foldCount else { return [StudyFold(name: "1", settings: [])] }
        return (1...foldCount).map { number in
            StudyFold(name: "\(number)of\(foldCount)", settings: ["data.split.fold=\(number)/\(foldCount)"])
        }
    }

    /// A run's place: which fold, from 0, and its seed.
    struct Place: Equatable {
        let fold: Int
        let seed: Int
    }

    /// The places of the runs that only look at development data. Seeds that rank, seeds that try settings and seeds
    /// that are measured are never the same.
    func places(_ stage: StudyRow.Stage) -> [Place] {
        func each(from first: Int) -> [Place] {
            foldCount.map { count in (0..<count).map { Place(fold: $0, seed: first + $0 + 1) } }
                ?? (1...searchSeedCount).map { Place(fold: 0, seed: first + $0) }
        }
        return switch stage {
        case .ranking: each(from: 2000)
        case .search: each(from: 1000)
        // Another fold for every seed, so that what is chosen on the development sets is chosen on all samples.
        case .chosen, .given: (1...seedCount).map { Place(fold: ($0 - 1) % (foldCount ?? 1), seed: $0) }
        }
    }

    /// The epochs of a run that tries a setting, or ranks classes.
    func epochsOfSearch(_ recipe: Recipe) -> Int { searchEpochs ?? max(1, (recipe.training.epochs + 2) / 3) }

    /// The recipe as written, with the plan's changes and these.
    func document(_ settings: [String]) throws -> RecipeDocument {
        try RecipeDocument(path: recipe, settings: (self.settings + settings).map(RecipeDocument.Setting.init))
    }
}
