import AngularMargin
import Datasets
import Foundation
import Models
import Networks
import Reports
import Torch
import Training
import Verification

/// Trains what a recipe describes, in a run folder.
public struct TrainingExperiment: Sendable {
    /// What to do where the run folder holds an earlier run.
    public enum EarlierRun: Sendable {
        /// Refuse, so that nothing is lost.
        case refuse
        /// Go on from its last checkpoint.
        case resume
        /// Remove it.
        case overwrite
    }

    /// What happens, for whoever watches.
    public enum Event: Sendable {
        /// The data are read and the networks built; steps in all.
        case opened(
            task: RecipeTask, sets: [(name: String, identities: Int, pictures: Int)], parameters: Int, steps: Int)
        /// Files and folders among the data that are no samples.
        case skipped([FolderSource.Skipped])
        /// What was taken of the initial weights, in a sentence.
        case initialized(String)
        /// Training labels were replaced, as the recipe asks.
        case relabelled(count: Int, of: Int)
        /// A checkpoint was found; the steps already done.
        case resumed(step: Int)
        /// The run goes on in other surroundings than it was begun in, so that its last digits may differ from those
        /// of a run that was not interrupted.
        case surroundingsChanged([String])
        case training(TrainingEvent)
        /// Some steps were profiled.
        case profiled(StepProfile)
        /// Thresholds were chosen on development data and stored.
        case thresholds([DecisionThreshold])
    }

    public struct Outcome: Sendable {
        public let folder: RunFolder
        /// False when it was stopped before its end.
        public let isComplete: Bool
        public let best: TrainingState.Best?
    }

    public let recipe: Recipe
    public let folder: RunFolder
    private let data: OpenedData
    private let device: Device
    private let earlier: EarlierRun
    /// The split file that the recipe names. It may lie in the run folder, which is cleared.
    private let splitFile: Data?
    private let initialState: [String: Tensor]?
    private let initialFile: RunRecord.FileRecord?
    private let detectsAnomalies: Bool
    private let profiles: Bool

    /// Finds and checks everything a run needs, before anything is written.
    ///
    /// - Parameter detectsAnomalies: looks at the result of every operator of every step, which is slow and finds
    ///   what goes wrong.
    /// - Parameter profiles: measures twenty steps from the sixth on.
    public init(
        _ recipe: Recipe, roots: DataRoots, runs: String, earlier: EarlierRun = .refuse, detectsAnomalies: Bool = false,
        profiles: Bool = false
    ) throws {
        self.profiles = profiles
        self.recipe = recipe
        self.detectsAnomalies = detectsAnomalies
        self.earlier = earlier
        folder = RunFolder(runs: runs, name: recipe.name)
        if case .resume = earlier { try folder.checkUnchanged(recipe) }
        device = try Device(named: recipe.training.device)
        data = try OpenedData(recipe.data, roots: roots)
        initialState = try recipe.initialWeights?.open(roots: roots)
        initialFile = try recipe.initialWeights?.record(roots: roots)
        if case .resume = earlier { try folder.checkSame(data.fingerprint, initialWeights: initialFile) }
        // A misspelt set would show after hours of training. The default one need not be there.
        for set in recipe.evaluation.sets where set != EvaluationRecipe.defaultSet { _ = try data.indices(of: set) }
        if case .file(let path) = recipe.data.split {
            splitFile = FileManager.default.contents(atPath: path)
        } else {
            splitFile = nil
        }
        switch earlier {
        case .refuse where folder.exists:
            throw RunFolderError(
                path: folder.path,
                message: "holds an earlier run: go on with it (--resume), remove it (--overwrite), "
                    + "or choose another name (--set name=…)")
        case .resume where !folder.exists:
            throw RunFolderError(
                path: folder.path, message: "holds no run to go on with; leave out --resume to begin one")
        case .refuse, .resume, .overwrite:
            break
        }
    }

    /// Runs to the end, or until `stop` asks for a halt; a checkpoint is written either way.
    public func run(stop: StopSignal = StopSignal(), observer: @escaping (Event) throws -> Void) throws -> Outcome {
        let lock = try folder.claim()
        defer { withExtendedLifetime(lock) {} }
        // Everything that can be refused comes before the earlier run is touched.
        let parts = try TrainingParts(
            recipe, data: data, initialState: initialState, device: device, detectsAnomalies: detectsAnomalies)
        if case .overwrite = earlier { try folder.clear() }
        let log = try RunLog(path: folder.log)
        var scalars = try RunScalars(folder: folder.tensorBoard)
        let profiler = profiles ? StepProfiler(device: device, folder: folder.profile) : nil
        let loop = try parts.loop(checkpoints: CheckpointStore(folder: folder.checkpoints)) { event in
            try log.write(event)
            try scalars.write(event)
            try observer(.training(event))
            if let found = try profiler?.observe(event) { try observer(.profiled(found)) }
        }
        try observer(
            .opened(
                task: recipe.task, sets: data.summary, parameters: parts.parameterCount, steps: parts.stepCount))
        if !data.skipped.isEmpty { try observer(.skipped(data.skipped)) }
        if let sentence = parts.initialization { try observer(.initialized(sentence)) }
        if recipe.data.labelNoise != nil {
            try folder.write(parts.relabelled, of: data.source)
            try observer(.relabelled(count: parts.relabelled.count, of: try data.indices(of: Split.training).count))
        }
        if case .resume = earlier, try loop.resume() { try observer(.resumed(step: loop.state.step)) }
        try writeRecipe()
        try writeRecord(step: loop.state.step, observer)

        let isComplete = try loop.run(
            stop: stop,
            evaluate: { backbone, head in
                try recipe.task.developmentTest(recipe, data: data).figure(model(backbone, head), on: device)
            }
        ) { backbone, head in try save(model(backbone, head)) }
        let best = isComplete ? try finish(loop, observer) : nil
        try report(best)
        return Outcome(folder: folder, isComplete: isComplete, best: loop.state.best)
    }

    /// Draws the course of the run so far, resumptions included, and writes its page.
    ///
    /// - Parameter model: the best one, where the run is complete.
    private func report(_ model: EmbeddingModel?) throws {
        try RunPage(
            folder: folder, recipe: recipe,
            model: networkSummary(recipe.network, parameterCount: model?.parameterCount),
            findings: model.flatMap {
                try recipe.task.developmentTest(recipe, data: data).findings($0, on: device)
            }, kind: .training, isComplete: model != nil
        ).write()
    }

    /// The recipe as resolved, and the split file that it names.
    private func writeRecipe() throws {
        if let splitFile { try writeAtomically(splitFile, to: folder.split, isDuringRun: true) }
        try writeAtomically(recipe.resolved, to: folder.recipe, isDuringRun: true)
    }

    /// Data, first weights and surroundings, with those of earlier sessions.
    private func writeRecord(step: Int, _ observer: (Event) throws -> Void) throws {
        let fingerprint = data.fingerprint
        let session = RunRecord.Session(began: Date(), step: step, surroundings: Surroundings(device: device))
        let earlier = try folder.readRecord()?.sessions ?? []
        if let last = earlier.last {
            let changes = session.surroundings.changes(since: last.surroundings)
            if !changes.isEmpty { try observer(.surroundingsChanged(changes)) }
        }
        let summary = RunRecord.DataSummary(
            path: recipe.data.path, samples: fingerprint.samples, fingerprint: fingerprint.hash)
        try folder.write(
            RunRecord(data: summary, initialWeights: initialFile, sessions: earlier + [session]), fingerprint)
    }

    private func model(_ backbone: any Backbone, _ head: MarginHead) throws -> EmbeddingModel {
        try EmbeddingModel(
            transform: recipe.transform, description: recipe.network, backbone: backbone,
            addsMirrored: recipe.evaluation.mirrored, classNames: data.classes.names,
            classifier: recipe.task == .classification ? Classifier(head) : nil, provenance: provenance)
    }

    private var provenance: [String: String] {
        var entries = [
            "recipe": recipe.name, "seed": "\(recipe.seed)", "head": recipe.head.summary,
            "angularmargin": Release.version, "libtorch": Libtorch.loadedVersion,
            "data": "\(recipe.data.path), fingerprint \(data.fingerprint.hash)",
        ]
        if let initialFile { entries["init"] = "\(initialFile.path), SHA-256 \(initialFile.sha256)" }
        return entries
    }

    private func save(_ model: EmbeddingModel) throws {
        do {
            try model.save(folder: folder.model)
        } catch let error as TensorFileError {
            throw RunFolderError(refusal: error.reason, of: error.file)
        } catch let error as CocoaError {
            throw RunFolderError(refusal: "cannot be written: \(error.localizedDescription)", of: folder.model)
        }
    }

    /// Stores with the best model what is chosen by it on development data.
    ///
    /// - Returns: that model.
    private func finish(_ loop: TrainingLoop, _ observer: (Event) throws -> Void) throws -> EmbeddingModel {
        // Without a development set there is no best epoch: the last one counts.
        if loop.state.best == nil { try save(model(loop.measuredBackbone, loop.measuredHead)) }
        var best = try EmbeddingModel(folder: folder.model)
        try best.move(to: device)
        guard data.split[Split.development] != nil else { return best }
        best = try recipe.task.developmentTest(recipe, data: data).completed(best, on: device)
        try save(best)
        if !best.thresholds.isEmpty { try observer(.thresholds(best.thresholds)) }
        return best
    }
}
