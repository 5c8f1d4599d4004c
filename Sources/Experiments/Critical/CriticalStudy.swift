import AngularMargin
import Datasets
import Foundation
import Suggestions
import Training

/// Finds out how a class is missed less, and what that costs: runs what is missing of a study, and adds every
/// finished run to its file.
public struct CriticalStudy: Sendable {
    public let plan: CriticalPlan
    let study: Study
    let wish: CriticalWish
    /// The classes of the training set, and those of them that have development and test samples.
    let classes: [String]
    let measurable: [String]
    /// The set that the tables are about.
    let test: String
    let epochs: (search: Int, whole: Int)

    public var file: StudyFile { study.file }
    /// The folder of this study's runs.
    public var runs: String { study.runs }

    /// What happens, for whoever watches.
    public enum Event: Sendable {
        case run(Comparison.Event)
        /// The critical classes are known.
        case targets([CriticalTarget])
    }

    /// Opens and checks everything, so that what is wrong with the recipe, the classes, a setting or the data shows
    /// before hours of training.
    ///
    /// - Parameters:
    ///   - results: the folder of result files.
    ///   - runs: the folder of all runs.
    public init(_ plan: CriticalPlan, data: String?, results: String, runs: String) throws {
        self.plan = plan
        let document = try plan.document(plan.folds[0].settings)
        let recipe = try Recipe(document)
        guard recipe.task == .classification else {
            throw ComparisonError(
                "\(plan.recipe): its task is \(recipe.task.rawValue); critical classes are classes that training knows: "
                    + "add task: classification")
        }
        let opened = try OpenedData(recipe.data, roots: DataRoots(option: data))
        classes = opened.classes.names
        wish = try CriticalWish(plan.classes, together: plan.isTogether, classes: classes)
        test = recipe.evaluation.sets[0]
        measurable = try Self.checked(wish, opened, test: test, recipe: plan.recipe)
        epochs = (plan.epochsOfSearch(recipe), recipe.training.epochs)
        // Settings that a head refuses, whatever classes will be critical.
        let example = CriticalTarget([measurable[0]])
        for method in CriticalMethod.trained {
            let system = method.system(example)
            for setting in plan.grid.settings(method, count: plan.settingCount) {
                let head = try Recipe(plan.document(system.settings + setting)).head
                _ = try head.head(classNames: classes)
            }
        }
        let fingerprint = try StudyFingerprint(
            document, data: opened, compared: ["head", "data.split.fold"])
        study = try Study(
            name: plan.study, recipe: plan.recipe, settings: plan.settings, data: data, results: results, runs: runs,
            folds: plan.folds.map { ($0, fingerprint) })
        try checkSameFolds()
    }

    /// Refuses a file whose runs were validated otherwise: means over both would be of neither.
    private func checkSameFolds() throws {
        let names = Set(plan.folds.map(\.name))
        let other = try file.rows().first { $0.run.dataset == study.dataset && !names.contains($0.run.fold) }
        guard let other else { return }
        let count = other.run.fold.split(separator: "of").last.flatMap { Int($0) } ?? 1
        throw ComparisonError(
            "\(file.path): was validated \(count > 1 ? "with --folds \(count)" : "without --folds"); go on so, or begin "
                + "another study with --study NAME")
    }

    /// The classes that have development and test samples.
    ///
    /// - Throws: ``ComparisonError`` where there is nothing to choose on, or a class that is named cannot be measured.
    private static func checked(
        _ wish: CriticalWish, _ data: OpenedData, test: String, recipe: String
    ) throws -> [String] {
        guard data.split[Split.development] != nil else {
            throw ComparisonError(
                "\(recipe): settings are chosen on development data, and the split has no set called development; name "
                    + "one in data.split, or validate on folds of the training set with --folds 5")
        }
        let counts = try [Split.development, test].map { set in
            (set, Dictionary(grouping: data.labels(of: try data.indices(of: set))) { $0 }.mapValues(\.count))
        }
        let named = wish.words.filter(data.classes.names.contains)
        for word in named {
            if let (set, _) = counts.first(where: { $0.1[word] == nil }) {
                throw ComparisonError(
                    "--class \(word): the set \(set) has no sample of it, so that its recall there is unknown")
            }
        }
        if wish.isTogether, Set(named).count == data.classes.names.count {
            throw ComparisonError(
                "--together with all \(named.count) classes leaves none to take for a critical one; name fewer")
        }
        let measurable = data.classes.names.filter { name in counts.allSatisfy { $0.1[name] != nil } }
        guard data.classes.names.count > 1, !measurable.isEmpty else {
            throw ComparisonError("\(recipe): no class has development and test samples beside another class")
        }
        return measurable
    }

    /// Trains and measures until the plan is done, or `stop` asks for a halt.
    ///
    /// - Parameters:
    ///   - jobs: runs side by side.
    ///   - launch: carries out a run, in this process or another; false when it was stopped before the end.
    ///   - observer: called from one thread at a time.
    /// - Returns: the targets; `nil` when it was stopped before the end; everything finished is in the file.
    public func run(
        jobs: Int, stop: StopSignal = StopSignal(), launch: @escaping @Sendable (StudyRun) throws -> Bool,
        observer: @escaping @Sendable (Event) -> Void
    ) throws -> [CriticalTarget]? {
        let lock = try study.claimed()
        defer { withExtendedLifetime(lock) {} }
        let queue = StudyQueue(
            file: file, study: study.name, rows: try file.rows(), stop: stop, launch: launch,
            observer: { observer(.run($0)) })
        try announce(queue, jobs: jobs, observer)

        let ranking = try runsOfRanking()
        try queue.carryOut(ranking, jobs: jobs)
        if stop.isRequested { return nil }
        let targets = try targets()
        try checkMeasured(targets)
        observer(.targets(targets))
        try queue.carryOut(runsOfSearch(targets), jobs: jobs)
        if stop.isRequested { return nil }
        let chosen = try runsWithChosen(targets)
        let left = queue.unfinished(chosen)
        queue.expect(runs: left.count, epochs: left.reduce(0) { $0 + $1.epochs })
        try queue.carryOut(chosen, jobs: jobs)
        if stop.isRequested { return nil }
        try queue.carryOut(shiftedRuns(targets), jobs: 1)
        return stop.isRequested ? nil : targets
    }

    /// The critical classes.
    ///
    /// - Throws: ``ComparisonError`` while those that are asked for by role are not known.
    func targets() throws -> [CriticalTarget] {
        guard !wish.roles(classes: classes).isEmpty else { return try wish.targets(classes: classes, recalls: [:]) }
        let figures = CriticalFigures(try file.rows(), dataset: study.dataset)
        let runs = figures.runs(
            .ranking, CriticalMethod.crossEntropy.rawValue, settings: "training.epochs=\(epochs.search)")
        guard runs.count >= plan.places(.ranking).count else {
            throw ComparisonError("\(file.path): the classes are not ranked yet; run the study without --table first")
        }
        return try wish.targets(classes: classes, recalls: figures.recalls(measurable, in: runs))
    }

    /// Refuses to go on with runs that have measured other classes.
    private func checkMeasured(_ targets: [CriticalTarget]) throws {
        let rows = try file.rows().filter { $0.run.dataset == study.dataset }
        let figures = CriticalFigures(rows, dataset: study.dataset)
        let shared = CriticalMethod.trained.filter { !$0.dependsOnTarget }.map(\.rawValue)
        let runs = Set(rows.map(\.run)).filter { run in
            [.search, .chosen].contains(run.stage) && shared.contains(run.system) && figures.collapses[run] == nil
        }
        for target in targets {
            guard
                runs.contains(where: {
                    figures.value(.recall, target, in: $0, subset: StudyRow.development) == nil
                })
            else { continue }
            throw ComparisonError(
                "\(file.path): its runs have not measured \(target.name); begin another study with "
                    + "--study NAME, or with the classes that it was begun with")
        }
    }
}

extension CriticalStudy {
    /// The tables of what is measured so far.
    ///
    /// - Throws: ``ComparisonError`` while classes or settings are still to be chosen.
    public func tables() throws -> [CriticalTable] { try CriticalTables(self).tables(targets()) }
}
