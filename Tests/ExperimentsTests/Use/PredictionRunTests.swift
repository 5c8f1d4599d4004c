import Datasets
import Foundation
import Models
import TestSupport
import Testing
import Torch

@testable import Experiments

@Suite struct PredictionRunTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.train(place.recipe(ToyRecipe.classification))
    }

    @Test func classesComeByProbabilityAtTheModelsTemperature() throws {
        let run = try PredictionRun(model: place.folder("runs/toy"), inputs: [place.folder("people/p3")], top: 8)
        #expect(run.records.count == 6 && run.failures.isEmpty)
        let model = try EmbeddingModel(folder: place.folder("runs/toy/model"))
        let temperature = try #require(model.classifier?.calibration).temperature
        for record in run.records {
            let probabilities = record.classes.map(\.probability)
            #expect(probabilities == probabilities.sorted(by: >) && abs(probabilities.reduce(0, +) - 1) < 1e-12)
            let source = FileSource(paths: [record.path])
            let image = try model.transform.framedImage(of: source.items[0], in: source)
            let logits = try model.logits(ofFramed: [image]).reals().map { $0 / temperature }
            let sum = logits.reduce(0) { $0 + exp($1) }
            for choice in record.classes {
                let index = try #require(model.classNames.firstIndex(of: choice.name))
                #expect(abs(choice.probability - exp(logits[index]) / sum) < 1e-4)
            }
        }
        #expect(run.calibration.contains("fitted on people, development set of toy"))
    }

    @Test func whatCannotBeReadIsNamedAndTheRestIsClassified() throws {
        try place.folder.write("people/p0/broken.png", "text")
        let run = try PredictionRun(model: place.folder("runs/toy"), inputs: [place.folder("people/p0")], top: 2)
        #expect(run.records.count == 6 && run.failures.count == 1 && run.failures[0].contains("broken.png"))
        let lines = run.commaSeparated.split(separator: "\n")
        #expect(lines.count == 7 && lines[0] == "path,class_1,probability_1,class_2,probability_2")
        #expect(lines[1].split(separator: ",").count == 5)
        try place.folder.write("texts/a.png", "text")
        #expect(
            message { try PredictionRun(model: place.folder("runs/toy"), inputs: [place.folder("texts")]) }?
                .contains("no picture could be read") == true)
    }

    @Test func aVerifierClassifiesNothing() throws {
        try place.train(place.recipe(ToyRecipe.text, "name=verifier"))
        #expect(
            message { try PredictionRun(model: place.folder("runs/verifier"), inputs: [place.folder("people")]) }?
                .contains("train it with task: classification") == true)
    }
}
