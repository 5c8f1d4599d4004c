import Datasets
import Foundation
import Models
import TestSupport
import Testing
import Training

@testable import Experiments

@Suite struct ClassificationTrainingTests {
    private let place: Workplace
    init() throws {
        place = try Workplace()
    }

    private func recipe(_ settings: String...) throws -> Recipe {
        try place.recipe(settings, of: ToyRecipe.classification)
    }

    @Test func everySetHasTheClassesOfTraining() throws {
        let recipe = try recipe()
        #expect(recipe.task == .classification && recipe.data.identities == .shared)
        #expect(recipe.resolved.contains("task: classification") && recipe.resolved.contains("shared_identities: true"))
        let data = try OpenedData(recipe.data, roots: place.roots)
        for part in data.split.parts { #expect(Set(data.labels(of: part.indices)).count == 8) }
        #expect(try data.classNumbers(of: data.indices(of: "test")).allSatisfy { (0..<8).contains($0) })
    }

    @Test func theModelKeepsItsClassesAndTheErrorRateChoosesEpochs() throws {
        var figures: [(name: String, value: Double)] = []
        let recipe = try recipe()
        let outcome = try TrainingExperiment(recipe, roots: place.roots, runs: place.runs).run { event in
            if case .training(.evaluated(_, _, let name, let value, _)) = event { figures.append((name, value)) }
            if case .thresholds = event { Issue.record("a classifier has no thresholds between pairs") }
        }
        #expect(outcome.isComplete && figures.count == 6)
        #expect(figures.allSatisfy { $0.name == "error rate[top 1]" && (0...1).contains($0.value) })
        let model = try EmbeddingModel(folder: place.folder("runs/toy/model"))
        let classifier = try #require(model.classifier)
        #expect(classifier.weight.shape == [8, 8] && classifier.bias?.shape == [8])

        // The figure again from the model folder, sample by sample.
        let data = try OpenedData(recipe.data, roots: place.roots)
        let indices = try data.indices(of: "development")
        let wrong = try indices.count { index in
            let item = data.source.items[index]
            let logits = try model.logits(ofFramed: [model.transform.framedImage(of: item, in: data.source)]).reals()
            return data.classes.names[logits.indices.max { logits[$0] < logits[$1] } ?? 0] != item.label
        }
        #expect(figures.last?.value == 1 - Double(indices.count - wrong) / Double(indices.count))
        #expect(wrong < indices.count * 7 / 8, "no better than guessing")
    }

    @Test func anInterruptedRunEndsWithTheSameClasses() throws {
        try place.train(recipe("training.average=0.9"))
        let whole = try place.folder.read("runs/toy/model/classes.safetensors")
        let stop = StopSignal()
        let recipe = try recipe("training.average=0.9", "name=again")
        let first = try TrainingExperiment(recipe, roots: place.roots, runs: place.runs).run(stop: stop) { event in
            if case .training(.stepped(let report, _)) = event, report.step == 7 { stop.request() }
        }
        #expect(!first.isComplete)
        try place.train(recipe, .resume)
        #expect(try place.folder.read("runs/again/model/classes.safetensors") == whole)
    }

    @Test func whatBelongsToTheOtherTaskIsRefused() throws {
        #expect(
            message { try recipe("data.shared_identities=false") }?.contains("knows the classes of training alone")
                == true)
        #expect(message { try recipe("evaluation.threshold_rates=[0.1]") }?.contains("task: classification") == true)
        #expect(
            message { try place.recipe(ToyRecipe.text, "evaluation.top=[5]") }?.contains("task: verification") == true)
        #expect(message { try recipe("evaluation.top=[1]") }?.contains("2 or more") == true)
        #expect(message { try recipe("task=classifikation") }?.contains("classification") == true)
    }

    @Test func aLabelThatTrainingDoesNotHaveIsNamed() throws {
        try place.folder.write(
            "extra.csv",
            "path,label,split\n"
                + ["train", "train", "test"].enumerated().map { number, set in
                    "people/p\(number)/0.png,\(number == 2 ? "stranger" : "p\(number)"),\(set)\n"
                }.joined())
        let recipe = try recipe("data.path=extra.csv", "data.split={column: true}")
        let found = message { try OpenedData(recipe.data, roots: place.roots) }
        #expect(found?.contains("stranger") == true, "\(found ?? "nothing thrown")")
    }
}
