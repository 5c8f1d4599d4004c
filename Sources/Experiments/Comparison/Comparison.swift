import Datasets
import Foundation
import Training

/// Runs what is missing of a study, and adds every finished run to its file.
public struct Comparison: Sendable {
    public let plan: ComparisonPlan
    let study: Study
    public var file: StudyFile { study.file }

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
        for system in plan.systems {
            _ = try plan.recipe(system.settings)
            if plan.settingCount > 0 { _ = try plan.searched(system) }
        }
        developmentFigure =
            switch try plan.recipe([]).task {
            case .verification: "EER"
            case .classification: "error rate"
            }
        let names = plan.foldList.map(\.name)
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw ComparisonError("--folds names two files \(twice); folds are told apart by their files' names")
        }
        let roots = DataRoots(option: data)
        let folds = try plan.foldList.map { fold in
            let document = try plan.document(fold.settings)
            let data = try OpenedData(Recipe(document).data, roots: roots)
            if plan.settingCount > 0, data.split[Split.development] == nil {
                throw ComparisonError(
                    "settings are chosen on development identities, and the split has no set called development; "
                        + "name one in data.split, or compare with the settings as given: --settings 0")
            }
            return (fold, try StudyFingerprint(document, data: data, compared: plan.comparedKeys))
        }
        study = try Study(
            name: plan.study, recipe: plan.recipe, settings: plan.settings, data: data, results: results, runs: runs,
            folds: folds)
    }

    /// What the development figure of a finished run is, in short.
    public let developmentFigure: String

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
        let lock = try study.claimed()
        defer { withExtendedLifetime(lock) {} }
        let queue = StudyQueue(
            file: file, study: study.name, rows: try file.rows(), stop: stop, launch: launch, observer: observer)
        let given = plan.includesGiven ? try runsAsGiven() : []
        let search = plan.settingCount > 0 ? try runsOfSearch() : []
        let known = Set(try file.rows().map(\.run))
        // The chosen settings are not known yet, but how many runs there will be is.
        let chosenCount = plan.settingCount > 0 ? plan.systems.count * study.folds.count * plan.seedCount : 0
        let chosenLeft = max(0, chosenCount - known.count(where: isChosen))
        let open = (search + given).filter { !known.contains($0.key) }
        let left = open.count + chosenLeft
        let epochs = try plan.recipe(study.folds[0].fold.settings).training.epochs
        let epochsLeft = open.reduce(0) { $0 + $1.epochs } + chosenLeft * epochs
        let seconds =
            left == 0
            ? 0 : try study.secondsPerEpoch(jobs: jobs, system: plan.systems.first) * Double(epochsLeft) / Double(jobs)
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
            && study.folds.contains { $0.fold.name == run.fold } && plan.systems.contains { $0.name == run.system }
    }
}
