import Datasets
import Foundation

/// What a comparison runs: systems, folds, seeds, and how settings are chosen.
public struct ComparisonPlan: Sendable {
    /// The recipe's file.
    public var recipe: String
    /// Changes to the recipe for all systems, as `key=value`.
    public var settings: [String] = []
    public var systems: [ComparedSystem]
    /// Names the result file.
    public var study: String
    /// Split files, relative to here or to the recipe; empty for the recipe's own split.
    public var folds: [String] = []
    /// Seeds 1 to this.
    public var seedCount = 5
    /// How many settings each system may choose from; 0 for none.
    public var settingCount = 4
    /// Whether the settings as given make a table as well.
    public var includesGiven = true
    /// Seeds and epochs of a run that tries a setting; `nil` epochs are half of the recipe's.
    public var searchSeedCount = 1
    public var searchEpochs: Int?
    /// The draws of identities.
    public var drawCount = 2000

    public init(recipe: String, systems: [ComparedSystem]) {
        self.recipe = recipe
        self.systems = systems
        study = "compare-\(Study.stem(of: recipe))"
    }

    /// The recipe's file without folder and ending.
    var dataset: String { Study.stem(of: recipe) }

    var foldList: [StudyFold] {
        guard !folds.isEmpty else { return [StudyFold(name: "1", settings: [])] }
        return folds.map { file in
            let stem = Study.stem(of: file)
            let name = stem.hasPrefix("\(dataset)-") ? String(stem.dropFirst(dataset.count + 1)) : stem
            return StudyFold(
                name: name, settings: [RecipeDocument.Setting(key: ["data", "split", "file"], file: file).written])
        }
    }

    /// The keys that some systems change, which are no part of what is the same for all.
    var comparedKeys: Set<String> {
        Set(systems.flatMap(\.settings).map { String($0.prefix { $0 != "=" }) })
    }

    /// The recipe of a run.
    func recipe(_ settings: [String]) throws -> Recipe {
        try Recipe(document(settings))
    }

    /// The recipe as written, with the plan's changes and these.
    func document(_ settings: [String]) throws -> RecipeDocument {
        try RecipeDocument(path: recipe, settings: (self.settings + settings).map(RecipeDocument.Setting.init))
    }

    /// The settings of a system that its search tries.
    func searched(_ system: ComparedSystem) throws -> [[String]] {
        let given = Set(system.settings.flatMap(Self.keys))
        let search = try SettingSearch(try recipe(system.settings), given: given)
        return (1...max(settingCount, 1)).map(search.setting)
    }

    /// The keys of `key=value`, those of a whole head included.
    private static func keys(of setting: String) -> [String] {
        let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts[0] == "head", parts.count == 2 else { return [parts[0]] }
        return parts[1].dropFirst().dropLast().split(separator: ",").compactMap { part in
            part.split(separator: ":").first.map { "head." + $0.drop { $0 == " " } }
        }
    }

    /// The epochs of a run that tries a setting.
    func epochsOfSearch(_ recipe: Recipe) -> Int { searchEpochs ?? max(1, (recipe.training.epochs + 1) / 2) }
}
