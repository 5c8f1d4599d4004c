import Foundation
import Models
import TestSupport
import Testing
import Torch
import Training

@testable import Experiments

/// Going on with a run: by which recipe it may be done.
@Suite struct ResumingTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    private func complaint(_ settings: String...) throws -> String? {
        let recipe = try Recipe(
            RecipeDocument(
                file: place.folder("recipe.yaml"), text: ToyRecipe.text,
                settings: settings.map(RecipeDocument.Setting.init)))
        return message { try place.train(recipe, .resume) }
    }

    @Test func aRecipeThatChangesTheRunIsRefusedByEveryKey() throws {
        try place.train(place.recipe())
        let before = place.contents(of: "toy")
        let rate = try complaint("training.learning_rate=0.1")
        #expect(
            rate?.contains(
                "toy: was begun with another recipe: training.learning_rate is 0.1 and was 0.05. Go on with") == true)
        let several = try complaint("seed=2", "training.optimizer=adamw")
        #expect(
            several?.contains(
                "seed is 2 and was 1; training.beta1 is 0.9 and was not given; training.beta2 is 0.999 and was not "
                    + "given; training.momentum is not given and was 0.9") == true)
        #expect(try complaint("pictures.size=[16, 18]")?.contains("pictures.size is [16, 18] and was [16, 16]") == true)
        #expect(try complaint("training.epochs=1")?.contains("training.epochs is 1 and was 2") == true)
        #expect(try complaint("evaluation.mirrored=true")?.contains("evaluation.mirrored is true and was") == true)
        #expect(place.contents(of: "toy") == before)
    }

    @Test func whatChangesNoNumberMayChange() throws {
        try place.train(place.recipe())
        #expect(
            try complaint(
                "training.workers=0", "training.checkpoint_every=1", "evaluation.draws=30", "evaluation.sets=[test]")
                == nil)
    }

    @Test func otherDataAreRefusedByWhatDiffers() throws {
        try place.train(place.recipe())
        let before = place.contents(of: "toy")
        let split = try OpenedData(place.recipe().data, roots: place.roots).split
        let person = try #require(
            split["train"].map {
                try place.recipe().data.path + "/"
                    + OpenedData(place.recipe().data, roots: place.roots).source.items[$0[0]].label
            })
        let name = String(person.dropFirst("people/".count))
        let picture = try place.folder.read("\(person)/0.png")

        try place.folder.write("\(person)/0.png", Toy.picture(identity: 9, number: 77).pngData())
        #expect(
            try complaint()?.contains(
                "toy: was begun with other data: “\(name)” has other names or contents in the set train. Bring back")
                == true)
        try FileManager.default.removeItem(atPath: place.folder("\(person)/0.png"))
        #expect(try complaint()?.contains("“\(name)” has 5 samples in the set train and had 6") == true)
        try place.folder.write("\(person)/1a.png", picture)
        #expect(try complaint()?.contains("“\(name)” has other names or contents") == true)
        #expect(place.contents(of: "toy") == before)

        try FileManager.default.removeItem(atPath: place.folder("\(person)/1a.png"))
        try place.folder.write("\(person)/0.png", picture)
        try FileManager.default.moveItem(atPath: place.folder("people"), toPath: place.folder("moved"))
        #expect(try complaint("data.path=moved") == nil)
    }

    @Test func theRunSaysHowToDoItAgain() throws {
        let recipe = try place.recipe()
        try place.train(recipe)
        var changes: [[String]] = []
        func resume() throws {
            _ = try TrainingExperiment(recipe, roots: place.roots, runs: place.runs, earlier: .resume).run {
                if case .surroundingsChanged(let what) = $0 { changes.append(what) }
            }
        }
        try resume()
        let folder = RunFolder(runs: place.runs, name: "toy")
        var record = try #require(try folder.readRecord())
        #expect(record.sessions.map(\.step) == [0, 6] && changes.isEmpty && record.initialWeights == nil)
        #expect(record.data.samples == 48 && record.data.path == "people" && record.data.fingerprint.count == 16)
        let surroundings = record.sessions[0].surroundings
        #expect(surroundings.libtorch == Libtorch.loadedVersion && surroundings.device == "cpu")
        #expect(surroundings.angularMargin == Release.version && surroundings.threads == Libtorch.threadCount)
        #expect(!surroundings.processor.isEmpty && surroundings.processor != "unknown" && !surroundings.system.isEmpty)

        let text = try place.folder.text("runs/toy/run.json")
        try place.folder.write("runs/toy/run.json", text.replacing(Libtorch.loadedVersion, with: "1.0.0"))
        try resume()
        #expect(changes == [["libtorch: 1.0.0 before, \(Libtorch.loadedVersion) now"]])
        try place.folder.write("runs/toy/run.json", "{}")
        #expect(try complaint()?.contains("run.json: cannot be understood") == true)
        // A run of a version that kept no record goes on, and has one from then on.
        for name in ["run.json", "data.json"] {
            try FileManager.default.removeItem(atPath: place.folder("runs/toy/\(name)"))
        }
        #expect(try complaint() == nil)
        record = try #require(try folder.readRecord())
        #expect(record.sessions.map(\.step) == [6])
    }

    @Test func aRunMayBeExtended() throws {
        try place.train(place.recipe())
        var steps: [Int] = []
        let longer = try place.recipe(ToyRecipe.text, "training.epochs=4")
        let outcome = try TrainingExperiment(longer, roots: place.roots, runs: place.runs, earlier: .resume).run {
            if case .training(.stepped(let report, let total)) = $0 {
                steps.append(report.step)
                #expect(total == 12)
            }
        }
        #expect(outcome.isComplete && steps == Array(7...12))
        // From now on it is a run of four epochs.
        #expect(try complaint("training.epochs=2")?.contains("training.epochs is 2 and was 4") == true)
    }

    @Test func checkpointsInsideAnEpochComeAsOftenAsTheRecipeSays() throws {
        func saved(_ settings: String...) throws -> Int {
            let recipe = try Recipe(
                RecipeDocument(
                    file: place.folder("recipe.yaml"), text: ToyRecipe.text,
                    settings: settings.map(RecipeDocument.Setting.init)))
            var count = 0
            _ = try TrainingExperiment(recipe, roots: place.roots, runs: place.runs, earlier: .overwrite).run {
                if case .training(.saved) = $0 { count += 1 }
            }
            return count
        }
        // Two epochs of three steps.
        #expect(try saved() == 2)
        #expect(try saved("training.checkpoint_every=1") == 6 + 2)
        #expect(try saved("training.checkpoint_every=2") == 2 + 2)
        #expect(try saved("training.checkpoint_every=100") == 2)
        #expect(
            message { try saved("training.checkpoint_every=0") }?.contains(
                "training.checkpoint_every: must be a number of steps, 1 or more, not 0") == true)
    }

    @Test func aLogThatEndsInHalfALineGoesOnOnTheNext() throws {
        try place.folder.write("log.jsonl", "{\"event\":\"step\"}\n{\"event\":\"st")
        struct Nothing: Encodable {}
        do { try RunLog(path: place.folder("log.jsonl")).write("began", Nothing()) }
        #expect(
            try place.folder.text("log.jsonl")
                == "{\"event\":\"step\"}\n{\"event\":\"st\n{\"event\":\"began\"}\n")
        #expect(
            message { try RunLog(path: place.folder("no/log.jsonl")) }?.contains("log.jsonl: cannot be written: ")
                == true)
    }

    @Test func whatAKilledProcessLeftHalfWrittenIsRemoved() throws {
        let run = try place.train(place.recipe())
        for name in ["checkpoints/.partial-1", "model/.partial-2"] {
            try place.folder.write("runs/toy/\(name)", "half")
        }
        _ = try run.claim()
        #expect(try place.folder.names(in: "runs/toy/checkpoints").allSatisfy { $0.hasPrefix("step-") })
        #expect(try place.folder.names(in: "runs/toy/model") == ["model.json", "weights.safetensors"])
    }
}
