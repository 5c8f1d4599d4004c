import ArgumentParser
import Experiments

/// What `compare` compares, and how thoroughly.
struct ComparisonOptions: ParsableArguments {
    @Option(help: "Heads, such as softmax,arcface:m=0.3,sphereface-r:variant=v0/v1; `margin head --list` has them.")
    var heads: String?

    @Option(
        help: ArgumentHelp(
            "Values of any key of the recipe; several axes give all combinations.", valueName: "key=value,value"))
    var axis: [String] = []

    @Option(help: "Seeds 1 to this, the same for every system.")
    var seeds = 5

    @Option(help: "The settings that each system may choose from; 0 for none. 4 with --heads, otherwise 0.")
    var settings: Int?

    @Option(help: "Seeds of each setting that is tried.")
    var searchSeeds = 1

    @Option(help: "Epochs of each setting that is tried; half of the recipe's if not given.")
    var searchEpochs: Int?

    @Flag(inversion: .prefixedNo, help: "Whether the settings as given make a table.")
    var given = true

    @Option(parsing: .upToNextOption, help: "Split files; figures are means over them.")
    var folds: [String] = []

    @Option(help: "Names the result file; compare-<recipe> if not given.")
    var study: String?

    @Option(help: "Draws of identities for the intervals.")
    var draws = 2000

    private var settingCount: Int { settings ?? (heads == nil ? 0 : 4) }

    var isGiven: Bool { heads != nil || !axis.isEmpty }

    func validate() throws {
        try requirePositive([
            "--seeds": seeds, "--search-seeds": searchSeeds, "--search-epochs": searchEpochs ?? 1,
        ])
        if let settings, settings < 0 { throw ValidationError("--settings is a number of settings, 0 or more") }
        try requireDraws(draws)
        if !given, settingCount == 0 {
            throw ValidationError("--no-given with no settings to choose from leaves nothing to be run")
        }
    }

    func plan(recipe: String, changes: [String]) throws -> ComparisonPlan {
        var plan = ComparisonPlan(recipe: recipe, systems: try ComparedSystem.all(heads: heads ?? "", axes: axis))
        plan.settings = changes
        plan.seedCount = seeds
        plan.settingCount = settingCount
        plan.searchSeedCount = searchSeeds
        plan.searchEpochs = searchEpochs
        plan.includesGiven = given
        plan.folds = folds
        plan.drawCount = draws
        if let study { plan.study = study }
        return plan
    }
}
