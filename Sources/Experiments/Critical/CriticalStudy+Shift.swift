import Datasets
import Foundation
import Verification

/// Cross-entropy's own runs with a bias: nothing is trained, and the test set is not looked at again.
extension CriticalStudy {
    /// The runs with every bias that the tables ask for, their results put where a run would leave them.
    func shiftedRuns(_ targets: [CriticalTarget]) throws -> [StudyQueue.Entry] {
        let figures = CriticalFigures(try file.rows(), dataset: study.dataset)
        let known = Set(try file.rows().map(\.run))
        let tried = try Baseline(runsOfSearch(targets), figures)
        let measured = try Baseline(runsWithChosen(targets), figures)
        return try targets.flatMap { target -> [StudyQueue.Entry] in
            let curve = try shifted(tried, .curve, keeping: 0, target, targets, known)
            return try curve
                + reasons(target, figures).flatMap { reason, accuracy in
                    try shifted(measured, reason, keeping: accuracy, target, targets, known)
                }
        }
    }

    /// Cross-entropy's runs of one stage with their logits, which are read where they are needed.
    private final class Baseline {
        let runs: [StudyQueue.Entry]
        private var read: [String: [ClassScores]] = [:]

        init(_ runs: [StudyQueue.Entry], _ figures: CriticalFigures) {
            self.runs = runs.filter {
                $0.key.system == CriticalMethod.crossEntropy.rawValue && figures.collapses[$0.key] == nil
            }
        }

        /// Of each run.
        func scores(_ set: String) throws -> [ClassScores] {
            if let scores = read[set] { return scores }
            let scores = try runs.map { try KeptLogits(run: $0.folder, set: set).scores }
            read[set] = scores
            return scores
        }
    }

    /// What biases are chosen for, each with the development accuracy that is to be kept.
    private func reasons(_ target: CriticalTarget, _ figures: CriticalFigures) throws -> [(ShiftReason, Double)] {
        func accuracy(_ system: String, _ settings: String) -> Double? {
            let runs = figures.runs(.chosen, system, settings: settings)
            return figures.mean(.accuracy, target, over: runs, subset: StudyRow.development)
        }
        guard let baseline = accuracy(CriticalMethod.crossEntropy.rawValue, "") else { return [] }
        var reasons: [(ShiftReason, Double)] = []
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

    /// The runs of one reason: with the biases in the file, or newly chosen ones.
    private func shifted(
        _ baseline: Baseline, _ reason: ShiftReason, keeping accuracy: Double, _ target: CriticalTarget,
        _ targets: [CriticalTarget], _ known: Set<StudyRow.Run>
    ) throws -> [StudyQueue.Entry] {
        guard !baseline.runs.isEmpty else { return [] }
        func keys(_ settings: String) -> [StudyRow.Run] {
            baseline.runs.map { run in
                StudyRow.Run(
                    dataset: run.key.dataset, fold: run.key.fold, system: CriticalMethod.shifted.system(target).name,
                    seed: run.key.seed, stage: run.key.stage, settings: settings)
            }
        }
        let written = Set(known.filter { reason.bias(of: $0.settings) != nil }.map(\.settings))
            .filter { keys($0).allSatisfy(known.contains) }.sorted()
        let isComplete = reason == .curve ? written.count >= Self.curvePoints : !written.isEmpty
        let settings =
            try isComplete
            ? written : biases(baseline, reason, keeping: accuracy, numbers(target)).map(reason.settings)
        return try settings.flatMap { text in
            try zip(baseline.runs, keys(text)).enumerated().map { place, pair in
                let (run, key) = pair
                let folder = key.folder(in: runs, fingerprint: run.fingerprint)
                if !known.contains(key), StudyRun.result(in: folder) == nil, let bias = reason.bias(of: text) {
                    try decide(baseline, place, bias: bias, target, targets, stage: key.stage, into: folder)
                }
                return StudyQueue.Entry(
                    key: key, fingerprint: run.fingerprint, folder: folder, epochs: 0, run: run.run)
            }
        }
    }

    /// The points of the curve, and what accuracy its end gives away.
    private static let curvePoints = 12
    private static let curveLoss = 0.02

    private func biases(
        _ baseline: Baseline, _ reason: ShiftReason, keeping accuracy: Double, _ numbers: [Int]
    ) throws -> [Double] {
        let choice = BiasChoice(try baseline.scores(Split.development), classes: numbers)
        return reason == .curve
            ? choice.curve(count: Self.curvePoints, loss: Self.curveLoss)
            : [choice.best(keepingAccuracy: accuracy).bias]
    }

    private func numbers(_ target: CriticalTarget) -> [Int] { target.classes.compactMap(classes.firstIndex) }

    /// Measures one run's decisions with a bias, and leaves the result as the run itself would.
    private func decide(
        _ baseline: Baseline, _ place: Int, bias: Double, _ target: CriticalTarget, _ targets: [CriticalTarget],
        stage: StudyRow.Stage, into folder: String
    ) throws {
        let rates = CriticalRates(
            classes: request(targets).classes ?? [], names: classes, drawCount: plan.drawCount, drawSeed: 1)
        var found = StudyFindings()
        for set in [Split.development] + (stage == .chosen ? [test] : []) {
            let shift = DecisionShift(try baseline.scores(set)[place], classes: Set(numbers(target)))
            found.add(try rates.found(shift.decisions(at: bias), set: set))
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try StudyRun.write(
            StudyRun.Result(collapse: nil, figures: found.figures, draws: found.draws, seconds: 0, epochs: 0),
            to: folder)
    }
}
