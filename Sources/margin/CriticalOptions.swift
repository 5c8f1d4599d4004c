import ArgumentParser
import Experiments
import Foundation

/// Which classes are critical, and how thoroughly a study looks for what helps.
struct CriticalOptions: ParsableArguments {
    @Option(
        name: .customLong("class"),
        help: ArgumentHelp(
            "A critical class: its name, or worst, second-worst or median by the recall of cross-entropy.",
            valueName: "name"))
    var classes: [String] = []

    @Flag(help: "Make the classes one target: margins, weights and bias for all of them, and their mean recall.")
    var together = false

    @Option(help: "The settings that each method may choose from.")
    var settings = 4

    @Option(help: "The margins that are tried, in radians, best guesses first; multiples of π/64 if not given.")
    var margins: String?

    @Option(help: "The scales that each margin is tried with; 16,8 if not given.")
    var scales: String?

    @Option(help: "The weights that are tried for the critical class; 2,5,10,… if not given.")
    var weights: String?

    @Option(help: "Validate on so many folds of the training set in turn, instead of one development set.")
    var folds: Int?

    @Option(help: "Seeds of each setting that is tried; with --folds one for each fold.")
    var searchSeeds = 2

    @Option(help: "Epochs of each setting that is tried; a third of the recipe's if not given.")
    var searchEpochs: Int?

    @Option(help: "Fresh seeds of what was chosen.")
    var seeds = 5

    @Option(help: "Points of validation accuracy that the second rule gives away; 0 for the first rule alone.")
    var tolerance = 0.2

    @Option(help: "Draws of test samples for the intervals.")
    var draws = 2000

    @Option(help: "Names the result file; critical-<recipe> if not given.")
    var study: String?

    func validate() throws {
        guard !classes.isEmpty else {
            throw ValidationError(
                "name the class that must not be missed, such as --class stop; --class worst asks cross-entropy")
        }
        try requirePositive([
            "--settings": settings, "--search-seeds": searchSeeds, "--search-epochs": searchEpochs ?? 1,
            "--seeds": seeds,
        ])
        if let folds, folds < 2 { throw ValidationError("--folds is 2 or more") }
        try requireDraws(draws)
        if !(0...100).contains(tolerance) { throw ValidationError("--tolerance is a number of points from 0 to 100") }
    }

    func plan(recipe: String, changes: [String]) throws -> CriticalPlan {
        var plan = CriticalPlan(recipe: recipe, classes: classes)
        plan.settings = changes
        plan.isTogether = together
        plan.settingCount = settings
        plan.foldCount = folds
        plan.searchSeedCount = searchSeeds
        plan.searchEpochs = searchEpochs
        plan.seedCount = seeds
        plan.tolerance = tolerance / 100
        plan.drawCount = draws
        if let margins { plan.grid.margins = try numbers(margins, of: "--margins") }
        if let scales { plan.grid.scales = try numbers(scales, of: "--scales") }
        if let weights { plan.grid.weights = try numbers(weights, of: "--weights") }
        if let study { plan.study = study }
        return plan
    }

    private func numbers(_ text: String, of option: String) throws -> [Double] {
        let numbers = text.listed.map { Double($0) ?? 0 }
        guard !numbers.isEmpty, numbers.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw ValidationError("\(option) takes numbers above 0, parted by commas; “\(text)” is none")
        }
        return numbers
    }
}
