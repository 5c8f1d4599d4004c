import Datasets
import Foundation
import Torch
import Training

/// What every kind of study stands on: its recipe and data, its result file, and the folder of its runs.
struct Study {
    let name: String
    /// The recipe's file, and what is changed in it for all runs, as `key=value`.
    let recipe: String
    let settings: [String]
    let file: StudyFile
    /// The folder of this study's runs.
    let runs: String
    /// The folder in which data are looked up first.
    let data: String?
    let folds: [(fold: StudyFold, fingerprint: StudyFingerprint)]

    /// - Parameters:
    ///   - results: the folder of result files.
    ///   - runs: the folder of all runs.
    /// - Throws: ``ComparisonError`` where the file was made with another recipe.
    init(
        name: String, recipe: String, settings: [String], data: String?, results: String, runs: String,
        folds: [(fold: StudyFold, fingerprint: StudyFingerprint)]
    ) throws {
        self.name = name
        self.recipe = recipe
        self.settings = settings
        self.data = data
        self.folds = folds
        file = StudyFile(results: results, study: name)
        self.runs = Self.folder(runs: runs, study: name)
        try checkSameRecipe()
    }

    /// The folder of a study's runs among all runs.
    static func folder(runs: String, study: String) -> String {
        URL(fileURLWithPath: runs, isDirectory: true).appendingPathComponent(study).path
    }

    /// The name of a file without folder and ending: a recipe's names the data set.
    static func stem(of path: String) -> String {
        URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    }

    var dataset: String { Self.stem(of: recipe) }
    var roots: DataRoots { DataRoots(option: data) }

    /// The recipe that the study was begun with, for messages.
    private var recipeCopy: String {
        URL(fileURLWithPath: runs, isDirectory: true).appendingPathComponent("recipe-\(dataset).txt").path
    }

    /// Refuses to add runs to a file that another recipe has made.
    private func checkSameRecipe() throws {
        let rows = try file.rows()
        for (fold, fingerprint) in folds {
            guard
                let other = rows.first(where: {
                    $0.run.dataset == dataset && $0.run.fold == fold.name && $0.fingerprint != fingerprint.digits
                })
            else { continue }
            let earlier = try? String(contentsOfFile: recipeCopy, encoding: .utf8)
            let shown = earlier.map(fingerprint.changes) ?? []
            throw ComparisonError(
                "\(file.path): was made with another recipe or other data than \(recipe) has now (fold \(fold.name): "
                    + "fingerprint \(other.fingerprint), now \(fingerprint.digits))"
                    + (shown.isEmpty ? "" : ": \(shown.joined(separator: "; "))")
                    + ". Go on with the recipe it was made with, or begin another study with --study NAME")
        }
    }

    /// Claims the folder of runs, until the lock is let go, and keeps there what recipe the study began with.
    func claimed() throws -> RunLock {
        let lock = try RunFolder(path: runs).claim()
        if !FileManager.default.fileExists(atPath: recipeCopy) {
            try writeAtomically(folds[0].fingerprint.text, to: recipeCopy)
        }
        return lock
    }

    /// One run: a system with a setting, on a fold, with a seed.
    func entry(
        _ stage: StudyRow.Stage, _ system: ComparedSystem,
        _ place: (fold: StudyFold, fingerprint: StudyFingerprint), seed: Int, _ setting: [String],
        measuring measures: StudyRun.Measures
    ) throws -> StudyQueue.Entry {
        let digits = place.fingerprint.digits
        let key = StudyRow.Run(
            dataset: dataset, fold: place.fold.name, system: system.name, seed: seed, stage: stage,
            settings: setting.joined(separator: " "))
        let changed = settings + place.fold.settings + system.settings + setting
        let named =
            changed + [
                "name=\(RecipeDocument.Setting.quoted(key.name(fingerprint: digits)))", "seed=\(seed)",
            ]
        return StudyQueue.Entry(
            key: key, fingerprint: digits, folder: key.folder(in: runs, fingerprint: digits),
            epochs: try recipe(changed).training.epochs,
            run: StudyRun(recipe: recipe, settings: named, runs: runs, data: data, measures: measures))
    }

    private func recipe(_ changes: [String]) throws -> Recipe {
        try Recipe(RecipeDocument(path: recipe, settings: changes.map(RecipeDocument.Setting.init)))
    }

    /// Seconds of training per epoch and job: of finished runs, or of a few steps.
    ///
    /// - Parameter system: what the steps are taken with.
    func secondsPerEpoch(jobs: Int, system: ComparedSystem?) throws -> Double {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []
        let finished = names.prefix(200).compactMap { name in
            StudyRun.result(in: URL(fileURLWithPath: runs, isDirectory: true).appendingPathComponent(name).path)
        }.filter { $0.collapse == nil && $0.epochs > 0 }
        if !finished.isEmpty {
            return finished.map { $0.seconds / Double($0.epochs) }.sorted()[finished.count / 2]
        }
        let recipe = try recipe(settings + folds[0].fold.settings + (system?.settings ?? []))
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
