import Datasets
import Foundation
import Verification

/// Cross-entropy's own runs with a bias: nothing is trained, and the test set is not looked at again.
extension CriticalStudy {
    /// The runs with every bias that the tables ask for, their results put beside them.
    func shiftedRuns(_ targets: [CriticalTarget]) throws -> [StudyQueue.Entry] {
        let figures = CriticalFigures(try file.rows(), dataset: study.dataset)
        let baseline = try plan.places(.chosen).map { place in
            try study.entry(
                .chosen, CriticalMethod.crossEntropy.system(CriticalTarget([])), study.folds[place.fold],
                seed: place.seed, [], measuring: measures(targets))
        }.filter { figures.collapses[$0.key] == nil }
        let known = Set(try file.rows().map(\.run))
        var entries: [StudyQueue.Entry] = []
        guard !baseline.isEmpty else { return [] }
        for target in targets {
            let logits = Logits(runs: baseline.map(\.folder))
            for (reason, floor) in try reasons(target, figures) {
                let settings = try biases(reason, floor: floor, target, logits, baseline, known)
                for text in settings {
                    for (place, run) in baseline.enumerated() {
                        entries.append(
                            try shifted(run, target, targets, reason, settings: text, logits: logits, place, known))
                    }
                }
            }
        }
        return entries
    }

    private func measures(_ targets: [CriticalTarget]) -> StudyRun.Measures {
        .init(
            test: true, drawCount: plan.drawCount, drawSeed: 1, critical: request(targets, keepsLogits: true))
    }

    /// What biases are chosen for, each with the development accuracy that is to be kept.
    private func reasons(_ target: CriticalTarget, _ figures: CriticalFigures) throws -> [(ShiftReason, Double)] {
        func accuracy(_ system: String, _ settings: String) -> Double? {
            let runs = figures.runs(.chosen, system, settings: settings)
            return figures.mean(.accuracy, target, over: runs, subset: StudyRow.development)
        }
        guard let baseline = accuracy(CriticalMethod.crossEntropy.rawValue, "") else { return [] }
        var reasons: [(ShiftReason, Double)] = [(.curve, baseline)]
        for tolerance in plan.tolerances {
            reasons.append((.tolerance(tolerance), baseline - tolerance))
            for method in CriticalMethod.trained where method != .crossEntropy {
                guard let best = try chosen(method, target, tolerance: tolerance, figures) else { continue }
                let (system, settings) = (method.system(target).name, best.setting.joined(separator: " "))
                guard let kept = accuracy(system, settings) else { continue }
                let reason = ShiftReason.asAccurate(system: system, settings: settings)
                if !reasons.contains(where: { $0.0 == reason }) { reasons.append((reason, kept)) }
            }
        }
        return reasons
    }

    /// The settings of a reason: those in the file, or newly chosen ones.
    private func biases(
        _ reason: ShiftReason, floor: Double, _ target: CriticalTarget, _ logits: Logits,
        _ baseline: [StudyQueue.Entry], _ known: Set<StudyRow.Run>
    ) throws -> [String] {
        let system = CriticalMethod.shifted.system(target).name
        let stage: StudyRow.Stage = reason == .curve ? .search : .chosen
        let found = Dictionary(
            grouping: known.filter {
                $0.stage == stage && $0.system == system && reason.bias(of: $0.settings) != nil
            }, by: \.settings
        ).filter { settings in
            Set(baseline.map(\.key.seed)).isSubset(of: settings.value.map(\.seed))
        }
        let isComplete = reason == .curve ? found.count >= Self.curvePoints : !found.isEmpty
        if isComplete { return found.keys.sorted() }
        let choice = BiasChoice(try logits.scores(Split.development), classes: try numbers(target))
        guard reason == .curve else { return [reason.settings(bias: choice.best(keepingAccuracy: floor).bias)] }
        return choice.curve(count: Self.curvePoints, loss: 0.02).map(reason.settings)
    }

    /// The points of the curve, and what accuracy its end gives away.
    private static let curvePoints = 12

    private func numbers(_ target: CriticalTarget) throws -> [Int] {
        target.classes.compactMap(classes.firstIndex)
    }

    /// One run with a bias; its result is made where there is none.
    private func shifted(
        _ run: StudyQueue.Entry, _ target: CriticalTarget, _ targets: [CriticalTarget], _ reason: ShiftReason,
        settings: String, logits: Logits, _ place: Int, _ known: Set<StudyRow.Run>
    ) throws -> StudyQueue.Entry {
        let stage: StudyRow.Stage = reason == .curve ? .search : .chosen
        let key = StudyRow.Run(
            dataset: run.key.dataset, fold: run.key.fold, system: CriticalMethod.shifted.system(target).name,
            seed: run.key.seed, stage: stage, settings: settings)
        let folder = key.folder(in: runs, fingerprint: run.fingerprint)
        if !known.contains(key), StudyRun.result(in: folder) == nil, let bias = reason.bias(of: settings) {
            let recipe = try Recipe(plan.document(study.folds[0].fold.settings))
            let test = recipe.evaluation.sets[0]
            let rates = CriticalRates(
                classes: request(targets).classes ?? [], names: classes, drawCount: plan.drawCount, drawSeed: 1)
            var found = StudyMeasurement.Found()
            for set in [Split.development] + (stage == .chosen ? [test] : []) {
                let scores = try logits.scores(set)[place]
                let decisions = DecisionShift(scores, classes: Set(try numbers(target))).decisions(at: bias)
                found.add(try rates.found(decisions, set: set))
            }
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try StudyRun.write(
                StudyRun.Result(collapse: nil, figures: found.figures, draws: found.draws, seconds: 0, epochs: 0),
                to: folder)
        }
        return StudyQueue.Entry(key: key, fingerprint: run.fingerprint, folder: folder, epochs: 0, run: run.run)
    }

    /// The logits of runs, read once where they are needed.
    private final class Logits {
        private let runs: [String]
        private var read: [String: [ClassScores]] = [:]

        init(runs: [String]) {
            self.runs = runs
        }

        /// Of each run.
        func scores(_ set: String) throws -> [ClassScores] {
            if let scores = read[set] { return scores }
            let scores = try runs.map { try KeptLogits(run: $0, set: set).scores }
            read[set] = scores
            return scores
        }
    }
}
