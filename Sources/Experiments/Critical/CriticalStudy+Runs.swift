import Datasets
import Foundation

/// The runs of each stage.
extension CriticalStudy {
    /// Cross-entropy on development data, where classes are asked for by their recall.
    func runsOfRanking() throws -> [StudyQueue.Entry] {
        guard !wish.roles(classes: classes).isEmpty else { return [] }
        let system = CriticalMethod.crossEntropy.system(CriticalTarget([]))
        return try plan.places(.ranking).map { place in
            try study.entry(
                .ranking, system, study.folds[place.fold], seed: place.seed, ["training.epochs=\(epochs.search)"],
                measuring: .init(test: false, drawCount: 0, drawSeed: 1, critical: .init(classes: nil)))
        }
    }

    /// Every setting of every method, on development data.
    func runsOfSearch(_ targets: [CriticalTarget]) throws -> [StudyQueue.Entry] {
        try plan.places(.search).flatMap { place in
            try systems(targets).flatMap { method, system in
                try plan.grid.settings(method, count: plan.settingCount).map { setting in
                    try study.entry(
                        .search, system, study.folds[place.fold], seed: place.seed,
                        setting + ["training.epochs=\(epochs.search)"],
                        measuring: .init(
                            test: false, drawCount: 0, drawSeed: 1,
                            critical: request(targets, keepsLogits: method == .crossEntropy)))
                }
            }
        }
    }

    /// What was chosen of each method by each rule; what two rules or targets choose alike is one run.
    ///
    /// - Throws: ``ComparisonError`` while settings are still to be tried.
    func runsWithChosen(_ targets: [CriticalTarget]) throws -> [StudyQueue.Entry] {
        let figures = CriticalFigures(try file.rows(), dataset: study.dataset)
        var chosen: [(method: CriticalMethod, system: ComparedSystem, setting: [String])] = []
        for target in targets {
            for tolerance in plan.tolerances {
                for method in CriticalMethod.trained {
                    guard let best = try self.chosen(method, target, tolerance: tolerance, figures) else { continue }
                    let system = method.system(target)
                    if !chosen.contains(where: { $0.system.name == system.name && $0.setting == best.setting }) {
                        chosen.append((method, system, best.setting))
                    }
                }
            }
        }
        // Seed by seed, so that there is a table of few seeds early.
        return try plan.places(.chosen).flatMap { place in
            try chosen.map { method, system, setting in
                try study.entry(
                    .chosen, system, study.folds[place.fold], seed: place.seed, setting,
                    measuring: .init(
                        test: true, drawCount: plan.drawCount, drawSeed: 1,
                        critical: request(targets, keepsLogits: method == .crossEntropy)))
            }
        }
    }

    /// A method's setting by a rule; `nil` where none keeps the accuracy.
    func chosen(
        _ method: CriticalMethod, _ target: CriticalTarget, tolerance: Double, _ figures: CriticalFigures
    ) throws -> CriticalSelection.Candidate? {
        func tried(_ method: CriticalMethod) throws -> CriticalSelection {
            let settings = plan.grid.settings(method, count: plan.settingCount)
            let found = CriticalSelection(
                figures, method: method, target: target, settings: settings, epochs: epochs.search)
            guard found.candidates.count == settings.count else {
                throw ComparisonError(
                    "\(file.path): \(method.rawValue) is not tried with all of its settings yet; "
                        + "run the study without --table first")
            }
            return found
        }
        guard let baseline = try tried(.crossEntropy).candidates.first else { return nil }
        return try tried(method).best(keepingAccuracy: baseline.accuracy - tolerance)
    }

    /// Every method with the system that it is for each target; those that serve all targets once.
    private func systems(_ targets: [CriticalTarget]) -> [(CriticalMethod, ComparedSystem)] {
        CriticalMethod.trained.flatMap { method in
            (method.dependsOnTarget ? targets : Array(targets.prefix(1))).map { (method, method.system($0)) }
        }
    }

    /// All critical classes, in every run: what serves several targets is measured for all of them.
    func request(_ targets: [CriticalTarget], keepsLogits: Bool = false) -> CriticalMeasurement.Request {
        .init(
            classes: Set(targets.flatMap(\.classes)).sorted(by: precedesNaturally), keepsLogits: keepsLogits)
    }
}
