import Datasets
import Foundation
import Torch
import Training

/// Runs what is missing of a study, and adds every finished run to its file.
public struct Comparison: Sendable {
    public let plan: ComparisonPlan
    public let file: StudyFile
    private let roots: DataRoots
    /// The folder in which data are looked up first.
    let data: String?
    /// The folder of this study's runs.
    let runs: String
    let folds: [(fold: ComparisonPlan.Fold, fingerprint: StudyFingerprint)]

    /// What happens, for whoever watches.
    public enum Event: Sendable {
        /// How many runs there are to do and how many are done, and the seconds it may take.
        case planned(runs: Int, finished: Int, seconds: Double)
        /// A run begins.
        case began(StudyRow.Run)
        /// A run is in the file.
        case finished(StudyRow.Run, development: Double?, collapse: String?, done: Int, of: Int, secondsLeft: Double)
    }

    /// Opens and checks everything, so that what is wrong with a recipe, a system, the data or the file shows
    /// before hours of training.
    ///
    /// - Parameters:
    ///   - results: the folder of result files.
    ///   - runs: the folder of all runs.
    public init(_ plan: ComparisonPlan, data: String?, results: String, runs: String) throws {
        self.plan = plan
        self.data = data
        roots = DataRoots(option: data)
        file = StudyFile(results: results, study: plan.study)
        self.runs = URL(fileURLWithPath: runs, isDirectory: true).appendingPathComponent(plan.study).path
        for system in plan.systems {
            _ = try plan.recipe(system.settings)
            if plan.settingCount > 0 { _ = try plan.searched(system) }
        }
        let roots = roots
        folds = try plan.foldList.map { fold in
            let document = try plan.document(fold.settings)
            let data = try OpenedData(Recipe(document).data, roots: roots)
            if plan.settingCount > 0, data.split[Split.development] == nil {
                throw ComparisonError(
                    "settings are chosen on development identities, and the split has no set called development; "
                        + "name one in data.split, or compare with the settings as given: --settings 0")
            }
            return (fold, try StudyFingerprint(document, data: data, compared: plan.comparedKeys))
        }
        try checkSameRecipe()
    }

    /// Refuses to add runs to a file that another recipe has made.
    private func checkSameRecipe() throws {
        let rows = try file.rows()
        for (fold, fingerprint) in folds {
            guard
                let other = rows.first(where: {
                    $0.run.dataset == plan.dataset && $0.run.fold == fold.name && $0.fingerprint != fingerprint.digits
                })
            else { continue }
            let earlier = try? String(contentsOfFile: recipeCopy, encoding: .utf8)
            let shown = earlier.map(fingerprint.changes) ?? []
            throw ComparisonError(
                "\(file.path): was made with another recipe or other data than \(plan.recipe) has now (fold \(fold.name): "
                    + "fingerprint \(other.fingerprint), now \(fingerprint.digits))"
                    + (shown.isEmpty ? "" : ": \(shown.joined(separator: "; "))")
                    + ". Go on with the recipe it was made with, or begin another study with --study NAME")
        }
    }

    /// The recipe that the study was begun with, for messages.
    private var recipeCopy: String {
        URL(fileURLWithPath: runs, isDirectory: true).appendingPathComponent("recipe-\(plan.dataset).txt").path
    }

    /// Trains and measures until the plan is done, or `stop` asks for a halt.
    ///
    /// - Parameters:
    ///   - jobs: runs side by side.
    ///   - launch: carries out a run, in this process or another; false when it was stopped before the end.
    ///   - observer: called from one thread at a time.
    /// - Returns: false when it was stopped before the end; everything finished is in the file.
    public func run(
        jobs: Int, stop: StopSignal = StopSignal(), launch: @escaping @Sendable (StudyRun) throws -> Bool,
        observer: @escaping @Sendable (Event) -> Void
    ) throws -> Bool {
        let lock = try RunFolder(path: runs).claim()
        defer { withExtendedLifetime(lock) {} }
        if !FileManager.default.fileExists(atPath: recipeCopy) {
            try writeAtomically(folds[0].fingerprint.text, to: recipeCopy)
        }
        let queue = StudyQueue(
            file: file, study: plan.study, rows: try file.rows(), stop: stop, launch: launch, observer: observer)
        let given = plan.includesGiven ? try runsAsGiven() : []
        let search = plan.settingCount > 0 ? try runsOfSearch() : []
        let known = Set(try file.rows().map(\.run))
        // The chosen settings are not known yet, but how many runs there will be is.
        let chosenCount = plan.settingCount > 0 ? plan.systems.count * folds.count * plan.seedCount : 0
        let chosenLeft = max(0, chosenCount - known.count(where: isChosen))
        let open = (search + given).filter { !known.contains($0.key) }
        let left = open.count + chosenLeft
        let epochs = try plan.recipe(folds[0].fold.settings).training.epochs
        let epochsLeft = open.reduce(0) { $0 + $1.epochs } + chosenLeft * epochs
        let seconds = left == 0 ? 0 : try secondsPerEpoch(jobs: jobs) * Double(epochsLeft) / Double(jobs)
        let finished = search.count + given.count + chosenCount - left
        observer(.planned(runs: left, finished: finished, seconds: seconds))
        queue.expect(runs: left, epochs: epochsLeft)

        try queue.carryOut(search, jobs: jobs)
        if !stop.isRequested, plan.settingCount > 0 { try queue.carryOut(runsWithChosen(), jobs: jobs) }
        if !stop.isRequested { try queue.carryOut(given, jobs: jobs) }
        return !stop.isRequested
    }

    /// Whether a run is one of the plan's with a chosen setting.
    private func isChosen(_ run: StudyRow.Run) -> Bool {
        run.stage == .chosen && run.dataset == plan.dataset && 1...plan.seedCount ~= run.seed
            && folds.contains { $0.fold.name == run.fold } && plan.systems.contains { $0.name == run.system }
    }

    /// Seconds of training per epoch and job: of finished runs, or of a few steps.
    private func secondsPerEpoch(jobs: Int) throws -> Double {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []
        let finished = names.prefix(200).compactMap { name in
            StudyRun.result(in: URL(fileURLWithPath: runs, isDirectory: true).appendingPathComponent(name).path)
        }.filter { $0.collapse == nil }
        if !finished.isEmpty {
            return finished.map { $0.seconds / Double($0.epochs) }.sorted()[finished.count / 2]
        }
        let recipe = try plan.recipe(folds[0].fold.settings + (plan.systems.first?.settings ?? []))
        let threads = Libtorch.threadCount
        Libtorch.threadCount = max(1, threads / jobs)
        defer { Libtorch.threadCount = threads }
        let parts = try TrainingParts(
            recipe, data: OpenedData(recipe.data, roots: roots), initialState: nil,
            device: Device(named: recipe.training.device))
        let timing = try parts.timing(workers: recipe.training.workers) { _, _ in }
        // Pictures are decoded in the first epoch and kept.
        let epochs = Double(recipe.training.epochs)
        return Double(parts.stepCount) / epochs * (timing.network + timing.loading / epochs)
    }
}
