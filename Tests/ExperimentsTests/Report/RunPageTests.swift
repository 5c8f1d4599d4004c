import Foundation
import TestSupport
import Testing
import Training

@testable import Experiments

@Suite struct RunPageTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    private func evaluate(_ paths: String...) throws -> ComparedEvaluation {
        let evaluation = try ModelEvaluation(
            paths.map { try TrainedRun(path: place.folder($0)) }, roots: place.roots)
        let outcome = try evaluation.run()
        _ = try evaluation.recordLook()
        try evaluation.keep(outcome)
        return outcome.comparison
    }

    private func value(_ figure: EvaluationReport.Figure) -> String {
        String(
            format: "%.2f\u{202F}%%%@</span> <span class=\"interval\">[%.2f, %.2f]", figure.value * 100,
            figure.isSupported ? "" : " !", figure.lower * 100, figure.upper * 100)
    }

    @Test func trainingEndsWithAPageOfDevelopmentData() throws {
        try place.train(place.recipe())
        let page = try place.folder.text("runs/toy/report.html")
        #expect(page.contains("<h1>toy</h1>") && page.contains("The figures here are of development data"))
        #expect(page.contains("Embedding of development") && page.contains("Hardest genuine pairs"))
        #expect(page.contains("Nobody has looked at the test data of this run"))
        #expect(page.contains("cosface (norm = hard, s = 16, m = 0.1)") && page.contains("sfnet-small, 8 dimensions"))
        let plots = try place.folder.names(in: "runs/toy/plots")
        for name in ["training", "target-angle", "development-det", "development-embedding-development"] {
            #expect(plots.contains("\(name).svg") && plots.contains("\(name).csv"))
        }
        // The fingerprint of the data is the one that was kept.
        let record = try #require(try RunFolder(path: place.folder("runs/toy")).readRecord())
        #expect(page.contains(record.data.fingerprint))
    }

    @Test func theNumbersOfThePageAreThoseOfTheReport() throws {
        try place.train(place.recipe())
        let report = try evaluate("runs/toy").reports[0]
        let page = try place.folder.text("runs/toy/report.html")
        for figure in report.rows[0].estimates {
            #expect(page.contains(figure.name) && page.contains(value(figure)), "\(figure)")
        }
        #expect(page.contains(">30</td>") && page.contains(">36</td>"))
        #expect(page.contains("Looks at test data") && page.contains("people, sets test"))
        #expect(!page.contains("The figures here are of development data"))
        // As many pictures as pairs have, inside the page.
        let pictures = page.components(separatedBy: "src=\"data:image/png;base64,").count - 1
        #expect(pictures >= 8 && pictures.isMultiple(of: 2))
        // Plots in the page are those in the folder.
        let csv = try place.folder.text("runs/toy/plots/det.csv")
        #expect(page.contains(csv.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")))
    }

    @Test func twoRunsHaveAPageOfTheirOwn() throws {
        try place.train(place.recipe())
        try place.train(place.recipe(ToyRecipe.text, "name=<b>other", "seed=5"))
        let comparison = try evaluate("runs/toy", "runs/<b>other")
        let page = try place.folder.text("runs/toy/report-against-%3Cb%3Eother.html")
        #expect(page.contains("toy against &lt;b&gt;other") && !page.contains("<b>other"))
        for verdict in comparison.verdicts {
            #expect(page.contains(verdict.replacing("<", with: "&lt;").replacing(">", with: "&gt;")))
        }
        #expect(page.contains("class=\"zero\""))
    }

    @Test func aStoppedRunSaysSo() throws {
        let recipe = try place.recipe()
        let stop = StopSignal()
        stop.request()
        let outcome = try TrainingExperiment(recipe, roots: place.roots, runs: place.runs).run(stop: stop) { _ in }
        #expect(!outcome.isComplete)
        let page = try place.folder.text("runs/toy/report.html")
        #expect(page.contains("stopped before its end") && !page.contains("Hardest genuine pairs"))
    }

    @Test func sessionsAddUp() {
        let log = [("step", 1, 2.0), ("step", 2, 5), ("saved", 2, 9), ("step", 3, 1), ("step", 4, 4)].map {
            #"{"event":"\#($0.0)","step":\#($0.1),"seconds":\#($0.2)}"#
        }
        let duration = TrainingDuration(log: Data((log + ["{cut"]).joined(separator: "\n").utf8))
        #expect(duration.steps == 4 && duration.seconds == 9)
    }
}
