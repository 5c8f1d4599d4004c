import Datasets
import Foundation
import Models
import TestSupport
import Testing
import Torch
import Verification

@testable import Experiments

@Suite struct ClassificationEvaluationTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.train(place.recipe(ToyRecipe.classification))
    }

    private func evaluation(_ paths: String...) throws -> ClassificationEvaluation {
        try ClassificationEvaluation(paths.map { try TrainedRun(path: place.folder($0)) }, roots: place.roots)
    }

    /// What the model takes each picture of a set for, picture by picture.
    private func decided(_ set: String) throws -> [(label: String, decision: String)] {
        let run = try TrainedRun(path: place.folder("runs/toy"))
        let data = try OpenedData(run.recipe.data, roots: place.roots)
        return try data.indices(of: set).map { index in
            let item = data.source.items[index]
            let image = try run.model.transform.framedImage(of: item, in: data.source)
            let logits = try run.model.logits(ofFramed: [image]).reals()
            return (item.label, data.classes.names[logits.indices.max { logits[$0] < logits[$1] } ?? 0])
        }
    }

    @Test func figuresAreThoseOfThePicturesOneByOne() throws {
        let outcome = try evaluation("runs/toy").run()
        let report = outcome.comparison.runs[0].sets[0].report
        let pictures = try decided("test")
        #expect(report.sampleCount == pictures.count && outcome.comparison.differences.isEmpty)
        let right = pictures.count { $0.label == $0.decision }
        #expect(report.figures[0].value == Double(right) / Double(pictures.count))
        for row in report.classes {
            let own = pictures.filter { $0.label == row.name }
            #expect(row.recall.value == Double(own.count { $0.decision == row.name }) / Double(own.count))
            #expect(row.sampleCount == own.count && row.recall.interval != nil)
        }
        #expect(report.figures.map(\.name).contains("top-2 accuracy[ties to the lowest class]"))
    }

    @Test func theTemperatureIsFittedOnDevelopmentDataAlone() throws {
        let run = try TrainedRun(path: place.folder("runs/toy"))
        let calibration = try #require(run.model.classifier?.calibration)
        let data = try OpenedData(run.recipe.data, roots: place.roots)
        #expect(calibration.sampleCount == (try data.indices(of: "development").count))
        #expect(calibration.source == "people, development set of toy")
        #expect(calibration.logLossAfter <= calibration.logLossBefore)
        // The page of training shows that set, the model's own epoch included.
        let page = try place.folder.text("runs/toy/report.html")
        #expect(page.contains("A classifier of people") && page.contains("the temperature were chosen"))
        #expect(page.contains("Classes of development, the lowest recall first"))
    }

    @Test func thePageShowsWhatTheReportSays() throws {
        let evaluation = try evaluation("runs/toy")
        let outcome = try evaluation.run()
        #expect(try evaluation.recordLook()?.number == 1)
        let path = try #require(try evaluation.keep(outcome))
        let page = try String(contentsOfFile: path, encoding: .utf8)
        let report = outcome.comparison.runs[0].sets[0].report
        #expect(page.contains(PageText.percent(report.figures[0].value)))
        for part in [
            "Classes of test", "Embedding of test", "Angles of", "looks at test data", "fitted on people",
        ] {
            #expect(page.localizedCaseInsensitiveContains(part), "\(part)")
        }
        for row in report.classes { #expect(page.contains(">\(row.name)<")) }
        if report.figures[0].value < 1 { #expect(page.contains("taken for")) }
        let plots = try place.folder.names(in: "runs/toy/plots")
        #expect(
            plots.contains("confusion-test.svg") && plots.contains("reliability-test.csv")
                && plots.contains("angles-test.svg") && plots.contains("embedding-test.csv"))
        let kept = try JSONDecoder().decode(
            ComparedClassification.Run.self,
            from: Data(contentsOf: URL(filePath: place.folder("runs/toy/evaluation.json"))))
        #expect(kept.sets[0].report.figures[0].value == report.figures[0].value)
    }

    @Test func twoRunsAreComparedOnTheSameDraws() throws {
        try place.train(place.recipe(["name=other", "seed=2"], of: ToyRecipe.classification))
        let both = try evaluation("runs/toy", "runs/other").run().comparison
        let values = both.runs.map { $0.sets[0].report.figures[0].value }
        let difference = try #require(both.differences.first { $0.name.hasPrefix("accuracy") })
        #expect(abs(difference.value - (values[0] - values[1])) < 1e-12)
        #expect(difference.interval.lower <= difference.value && difference.value <= difference.interval.upper)
        let same = try evaluation("runs/toy", "runs/toy").run().comparison
        #expect(same.differences.allSatisfy { $0.value == 0 && $0.interval.lower == 0 && !$0.isShown })
    }

    @Test func modelsWithoutTheseClassesAreRefused() throws {
        try place.train(place.recipe(ToyRecipe.text, "name=verifier"))
        let verifier = try TrainedRun(path: place.folder("runs/verifier"))
        let own = try TrainedRun(path: place.folder("runs/toy"))
        #expect(
            message { try ClassificationEvaluation([own, verifier], roots: place.roots) }?
                .contains("runs/verifier: keeps no classes, for it was trained to verify") == true)
        try FileManager.default.removeItem(atPath: place.folder("people/p7"))
        #expect(
            message { try ClassificationEvaluation([own], roots: place.roots) }?
                .contains("tells 8 classes apart, p0, p1, p2, …, and people has 7") == true)
    }
}
