import Datasets
import Foundation
import Models
import TestSupport
import Testing
import Training

@testable import Experiments

@Suite struct TrainingExperimentTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    @Test func aRunFolderHoldsEverything() throws {
        let recipe = try place.recipe()
        var events: [String] = []
        let outcome = try TrainingExperiment(recipe, roots: place.roots, runs: place.runs).run { event in
            switch event {
            case .opened(let task, let sets, let parameters, let steps):
                #expect(task == .verification)
                #expect(sets.map(\.name) == ["train", "development", "test"])
                #expect(sets.map(\.pictures) == [24, 12, 12] && parameters > 100 && steps == 6)
                events.append("opened")
            case .training(.stepped): break
            case .training(.evaluated): events.append("evaluated")
            case .thresholds(let thresholds):
                #expect(thresholds.map(\.falseAcceptRateAsked) == [0.5])
                events.append("thresholds")
            default: break
            }
        }
        #expect(outcome.isComplete && outcome.best != nil)
        #expect(events == ["opened", "evaluated", "evaluated", "thresholds"])
        let folder = place.folder
        #expect(
            try folder.names(in: "runs/toy")
                == [
                    ".lock", "checkpoints", "data.json", "log.jsonl", "model", "plots", "recipe.yaml", "report.html",
                    "run.json", "tensorboard",
                ])
        let again = try Recipe(RecipeDocument(path: folder("runs/toy/recipe.yaml")))
        #expect(again.resolved == recipe.resolved)

        let model = try EmbeddingModel(folder: folder("runs/toy/model"))
        #expect(model.classNames.count == 4 && model.transform == recipe.transform)
        // 36 impostor trials of two identities: only the rate of 0.5 is not below 30 / 36, so it is unsupported too.
        #expect(model.thresholds.map(\.falseAcceptRateAsked) == [0.5] && !model.thresholds[0].isSupported)
        #expect(model.provenance["head"] == "cosface m=0.1 s=16" && model.provenance["recipe"] == "toy")

        let kinds = try folder.text("runs/toy/log.jsonl").split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return object?["event"] as? String
        }
        #expect(kinds.count { $0 == "step" } == 6 && kinds.count { $0 == "evaluated" } == 2)
        #expect(kinds.first == "began" && kinds.last == "saved")
    }

    @Test(arguments: [
        ["training.sampler=shuffled"], ["training.sampler=balanced"],
        ["training.sampler=weighted", "training.frequency_power=0.5"],
        ["training.sampler=identities", "training.identities_in_batch=4", "training.pictures_of_identity=2"],
    ])
    func everySamplerTrains(_ settings: [String]) throws {
        let file = try place.folder.write("recipe.yaml", ToyRecipe.text)
        let recipe = try Recipe(RecipeDocument(path: file, settings: settings.map(RecipeDocument.Setting.init)))
        var steps = 0
        let outcome = try TrainingExperiment(recipe, roots: place.roots, runs: place.runs).run { event in
            if case .training(.stepped(let report, let total)) = event {
                steps += 1
                #expect(report.sampleCount == 8 && total == 6)
            }
        }
        #expect(outcome.isComplete && steps == 6)
    }

    @Test func weightsOfClassesThatAreNotThereAreNamed() throws {
        func complaint(_ weights: String) throws -> String? {
            let recipe = try place.recipe(
                ToyRecipe.text, "training.sampler=weighted", "training.class_weights=\(weights)",
                "data.split={train: [p0, p1, p2, p3], development: [p4, p5], test: [p6, p7]}")
            return message { try place.train(recipe) }
        }
        #expect(try complaint("{p7: 2}")?.contains("class_weights: “p7” is no class of the training set") == true)
        #expect(try complaint("{p0: 0, p1: 0, p2: 0, p3: 0}")?.contains("leave no class to be drawn") == true)
        #expect(try complaint("{p0: 0, p1: 3}") == nil)
    }

    @Test func anEarlierRunIsNotTouchedUnlessAskedFor() throws {
        let recipe = try place.recipe()
        try place.train(recipe)
        let before = place.contents(of: "toy")
        let text = message { try place.train(recipe) }
        #expect(text?.contains("toy: holds an earlier run: go on with it (--resume)") == true)
        #expect(place.contents(of: "toy") == before)
        try place.train(place.recipe(ToyRecipe.text, "seed=2"), .overwrite)
        #expect(place.contents(of: "toy")["model/weights.safetensors"] != before["model/weights.safetensors"])
    }

    @Test func whatCannotBeginLeavesTheEarlierRunAsItWas() throws {
        try place.train(place.recipe())
        let before = place.contents(of: "toy")
        let sampler = try place.recipe(
            ToyRecipe.text, "training.sampler=identities", "training.identities_in_batch=5")
        let text = message { try place.train(sampler, .overwrite) }
        #expect(text?.contains("training.identities_in_batch: a batch takes 5 identities and there are 4") == true)
        let network = try place.recipe(ToyRecipe.text, "network.embedding=6")
        #expect(message { try place.train(network, .resume) }?.contains("network.embedding is 6 and was 8") == true)
        #expect(place.contents(of: "toy") == before)
    }

    @Test func withoutARunThereIsNothingToGoOnWith() throws {
        let text = message { try place.train(place.recipe(), .resume) }
        #expect(text?.contains("toy: holds no run to go on with; leave out --resume to begin one") == true)
        #expect(!place.folder.has("runs/toy"))
        // A folder with somebody's model is an earlier run too.
        try place.folder.write("runs/toy/model/model.json", "{}")
        #expect(message { try place.train(place.recipe()) }?.contains("holds an earlier run") == true)
    }

    @Test(arguments: [1, 3, 5])
    func aStoppedRunGoesOnToTheSameModel(_ last: Int) throws {
        let whole = try place.recipe()
        try place.train(whole)

        let stopped = try place.recipe(ToyRecipe.text, "name=stopped")
        let stop = StopSignal()
        let outcome = try TrainingExperiment(stopped, roots: place.roots, runs: place.runs).run(stop: stop) { event in
            if case .training(.stepped(let report, _)) = event, report.step == last { stop.request() }
        }
        #expect(!outcome.isComplete)
        var resumedAfter: Int?
        let resumed = try TrainingExperiment(stopped, roots: place.roots, runs: place.runs, earlier: .resume)
        let second = try resumed.run { event in
            if case .resumed(let step) = event { resumedAfter = step }
        }
        #expect(second.isComplete && resumedAfter == last)
        let weights = "model/weights.safetensors"
        #expect(place.contents(of: "stopped")[weights] == place.contents(of: "toy")[weights])
    }

    @Test func twoRunsInOneFolderAreKeptApart() throws {
        let folder = RunFolder(runs: place.runs, name: "toy")
        let lock = try folder.claim()
        #expect(message { try place.train(place.recipe()) }?.contains("another run is going on in this folder") == true)
        withExtendedLifetime(lock) {}
    }

    @Test func theLockIsLetGoOf() throws {
        let folder = RunFolder(runs: place.runs, name: "toy")
        do { _ = try folder.claim() }
        _ = try folder.claim()
        #expect(!folder.exists)
    }

    @Test func aFolderThatCannotBeWrittenIsNamed() throws {
        try place.folder.write("file", "")
        let text = message {
            try TrainingExperiment(place.recipe(), roots: place.roots, runs: place.folder("file/runs")).run { _ in }
        }
        #expect(text?.contains("file/runs/toy: cannot be written") == true && text?.contains("--runs") == true)
    }

    @Test func withoutADevelopmentSetTheLastModelIsKept() throws {
        let recipe = try place.recipe(
            ToyRecipe.text, "data.split.development=0", "data.split.train=0.75", "training.epochs=1")
        let run = try place.train(recipe)
        let model = try EmbeddingModel(folder: run.model)
        #expect(model.thresholds.isEmpty && model.classNames.count == 6)
    }

    @Test func theSplitFileIsCopiedAndSurvivesAnOverwriteByItsOwnRecipe() throws {
        let lines = (0..<8).map { "p\($0),\($0 < 4 ? "train" : $0 < 6 ? "development" : "test")" }
        try place.folder.write("splits/s.csv", (["label,split"] + lines).joined(separator: "\n") + "\n")
        let text = ToyRecipe.text.replacing(
            "split: {train: 0.5, development: 0.25, test: 0.25}", with: "split: {file: splits/s.csv}")
        let run = try place.train(place.recipe(text))
        let copy = try place.folder.text("runs/toy/split.csv")
        #expect(copy == (try place.folder.text("splits/s.csv")))
        let own = try Recipe(RecipeDocument(path: run.recipe))
        try place.train(own, .overwrite)
        #expect(try place.folder.text("runs/toy/split.csv") == copy)
        _ = try OpenedData(Recipe(RecipeDocument(path: run.recipe)).data, roots: place.roots)
    }

    @Test(arguments: ["balanced", "identities"])
    func otherSamplersTrainToo(_ sampler: String) throws {
        // 24 pictures in batches of 23: the one over would be a batch of its own.
        let recipe = try place.recipe(
            ToyRecipe.text, "training.sampler=\(sampler)", "training.batch=23", "training.epochs=1",
            "training.identities_in_batch=3", "training.pictures_of_identity=2")
        try place.train(recipe)
        #expect(place.folder.has("runs/toy/model/model.json"))
    }

    @Test func aBatchLargerThanTheSetIsTheWholeSet() throws {
        var steps = 0
        let recipe = try place.recipe(ToyRecipe.text, "training.batch=1000", "training.epochs=2")
        _ = try TrainingExperiment(recipe, roots: place.roots, runs: place.runs).run { event in
            if case .training(.stepped(let report, _)) = event {
                steps += 1
                #expect(report.sampleCount == 24)
            }
        }
        #expect(steps == 2)
    }

    @Test func aPictureThatIsNoneIsNamed() throws {
        try place.folder.write("people/p0/text.png", "not a picture")
        let recipe = try place.recipe(
            ToyRecipe.text, "data.split.train=[p0, p1, p2, p3]", "data.split.development=[p4, p5]",
            "data.split.test=[p6, p7]")
        let text = message { try place.train(recipe) }
        #expect(text?.contains("people/p0/text.png: is not a picture that can be read") == true)
    }

    @Test func aSetToBeMeasuredThatDoesNotExistIsNamedBeforeTraining() throws {
        let recipe = try place.recipe(ToyRecipe.text, "evaluation.sets=[test, unseen]")
        let error = #expect(throws: DataError.self) {
            try TrainingExperiment(recipe, roots: place.roots, runs: place.runs)
        }
        #expect(error?.description.contains("unseen") == true)
        #expect(error?.description.contains("train, development, test") == true)
        #expect(!place.folder.has("runs/toy"))
    }

    @Test func whatDataAndBatchCannotGiveIsRefusedByItsKey() throws {
        let pieces = message { try place.train(place.recipe(ToyRecipe.text, "training.accumulation=5")) }
        #expect(
            pieces?.contains(
                "training.accumulation: leaves pieces of fewer than two samples of a batch of 8; at most 4 here")
                == true)
        for key in ["patience", "validate_every"] {
            let text = message {
                try place.train(
                    place.recipe(
                        ToyRecipe.text, "data.split.development=0", "data.split.train=0.75", "training.\(key)=2"))
            }
            #expect(text?.contains("training.\(key): needs development data") == true)
        }
    }

    /// The averaged weights are measured, kept and stored, and everything together can be gone on with.
    @Test func everyFeatureTogetherGoesOnToTheSameModel() throws {
        let text = ToyRecipe.text.replacing(
            "training: {epochs: 2,",
            with: "training: {epochs: 3, accumulation: 2, average: 0.9, precision: bfloat16, validate_every: 2, "
                + "patience: 3, gradient_norm_limit: 2, margin_ramp: [0, 0.5],")
        let whole = try place.recipe(text)
        try place.train(whole)
        let stopped = try place.recipe(text, "name=stopped")
        for last in [2, 5, 7] {
            let stop = StopSignal()
            _ = try TrainingExperiment(
                stopped, roots: place.roots, runs: place.runs, earlier: last == 2 ? .refuse : .resume
            ).run(stop: stop) { event in
                if case .training(.stepped(let report, _)) = event, report.step == last { stop.request() }
            }
        }
        try place.train(stopped, .resume)
        let weights = "model/weights.safetensors"
        #expect(place.contents(of: "stopped")[weights] == place.contents(of: "toy")[weights])

        let plain = try place.recipe(text, "name=plain", "training.average=0")
        try place.train(plain)
        #expect(place.contents(of: "plain")[weights] != place.contents(of: "toy")[weights])
    }

    @Test func anUnknownDeviceIsNamed() throws {
        let text = message { try place.train(place.recipe(ToyRecipe.text, "training.device=gpu")) }
        #expect(text?.contains("there is no device “gpu”") == true)
        #expect(!place.folder.has("runs"))
    }
}
