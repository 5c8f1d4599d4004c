import Datasets
import Foundation

/// The runs of each stage.
extension Comparison {
    /// Every setting of every system on every fold, on development identities.
    func runsOfSearch() throws -> [StudyQueue.Entry] {
        var entries: [StudyQueue.Entry] = []
        for seed in 1...plan.searchSeedCount {
            for (fold, fingerprint) in study.folds {
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
        _ make: (ComparedSystem, StudyFold, StudyFingerprint, Int) throws -> StudyQueue.Entry
    ) rethrows -> [StudyQueue.Entry] {
        // Seed by seed, so that there is a table of few seeds early.
        try (1...plan.seedCount).flatMap { seed in
            try study.folds.flatMap { fold, fingerprint in
                try plan.systems.map { try make($0, fold, fingerprint, seed) }
            }
        }
    }

    private func entry(
        _ stage: StudyRow.Stage, _ system: ComparedSystem, _ fold: StudyFold,
        _ fingerprint: StudyFingerprint, _ seed: Int, _ setting: [String]
    ) throws -> StudyQueue.Entry {
        try study.entry(
            stage, system, (fold, fingerprint), seed: seed, setting,
            measuring: .init(test: stage != .search, drawCount: plan.drawCount, drawSeed: fold.drawSeed))
    }
}
