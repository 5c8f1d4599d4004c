import Datasets
import Foundation

/// The runs of each stage.
extension Comparison {
    /// Every setting of every system on every fold, on development identities.
    func runsOfSearch() throws -> [StudyQueue.Entry] {
        var entries: [StudyQueue.Entry] = []
        for seed in 1...plan.searchSeedCount {
            for (fold, fingerprint) in folds {
                for system in plan.systems {
                    for setting in try plan.searched(system) {
                        let epochs = plan.epochsOfSearch(try plan.recipe(fold.settings))
                        entries.append(
                            try entry(.search, system, fold, fingerprint, seed, setting + ["training.epochs=\(epochs)"])
                        )
                    }
                }
            }
        }
        return entries
    }

    func runsAsGiven() throws -> [StudyQueue.Entry] {
        try all { system, fold, fingerprint, seed in try entry(.given, system, fold, fingerprint, seed, []) }
    }

    /// With the setting that did best on development identities of the same fold: the identities of another fold's
    /// development set are tested here.
    func runsWithChosen() throws -> [StudyQueue.Entry] {
        let rows = try file.rows()
        return try all { system, fold, fingerprint, seed in
            let tried = try plan.searched(system)
            guard
                let best = ChosenSetting(
                    rows, dataset: plan.dataset, fold: fold.name, system: system.name, among: tried)
            else { throw ComparisonError("\(file.path): no setting of \(system.name) was tried on fold \(fold.name)") }
            return try entry(.chosen, system, fold, fingerprint, seed, best.setting)
        }
    }

    private func all(
        _ make: (ComparedSystem, ComparisonPlan.Fold, StudyFingerprint, Int) throws -> StudyQueue.Entry
    ) rethrows -> [StudyQueue.Entry] {
        // Seed by seed, so that there is a table of few seeds early.
        try (1...plan.seedCount).flatMap { seed in
            try folds.flatMap { fold, fingerprint in
                try plan.systems.map { try make($0, fold, fingerprint, seed) }
            }
        }
    }

    private func entry(
        _ stage: StudyRow.Stage, _ system: ComparedSystem, _ fold: ComparisonPlan.Fold,
        _ fingerprint: StudyFingerprint, _ seed: Int, _ setting: [String]
    ) throws -> StudyQueue.Entry {
        let key = StudyRow.Run(
            dataset: plan.dataset, fold: fold.name, system: system.name, seed: seed, stage: stage,
            settings: setting.joined(separator: " "))
        let name = key.name(fingerprint: fingerprint.digits)
        let settings = plan.settings + fold.settings + system.settings + setting + ["name='\(name)'", "seed=\(seed)"]
        let recipe = try plan.recipe(fold.settings + system.settings + setting)
        return StudyQueue.Entry(
            key: key, fingerprint: fingerprint.digits, folder: key.folder(in: runs, fingerprint: fingerprint.digits),
            epochs: recipe.training.epochs,
            run: StudyRun(
                recipe: plan.recipe, settings: settings, runs: runs, data: data, measuresTest: stage != .search,
                drawCount: plan.drawCount, drawSeed: fold.drawSeed))
    }
}
