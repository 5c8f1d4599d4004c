import Datasets
import Foundation
import Models
import TestSupport
import Testing
import Verification

@testable import Experiments

@Suite struct ModelEvaluationTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    private func evaluate(_ paths: String..., settings: [String] = []) throws -> ComparedEvaluation {
        let runs = try paths.map {
            try TrainedRun(path: place.folder($0), settings: settings.map(RecipeDocument.Setting.init))
        }
        let evaluation = try ModelEvaluation(runs, roots: place.roots)
        let outcome = try evaluation.run()
        try evaluation.keep(outcome)
        return outcome.comparison
    }

    @Test func oneRunIsMeasuredAndTheReportKept() throws {
        try place.train(place.recipe())
        let result = try evaluate("runs/toy")
        let row = try #require(result.reports.first?.rows.first)
        // Two identities of six pictures: 2 · 15 genuine pairs and 36 others.
        #expect(row.set == "test" && row.condition == nil && row.identityCount == 2)
        #expect(row.genuineCount == 30 && row.impostorCount == 36)
        #expect(row.estimates.count == 3)
        #expect(row.estimates.allSatisfy { $0.lower <= $0.upper && (0...1).contains($0.value) })

        // The same by hand: all pairs' cosines through the library of metrics.
        let model = try EmbeddingModel(folder: place.folder("runs/toy/model"))
        let data = try OpenedData(place.recipe().data, roots: place.roots)
        let indices = try data.indices(of: "test")
        let rows = try model.embeddings(of: data.source, indices: indices).reals()
        let labels = data.labels(of: indices)
        var (genuine, impostor) = ([Double](), [Double]())
        for left in 0..<12 {
            for right in left + 1..<12 {
                let cosine = (0..<8).reduce(0) { $0 + rows[left * 8 + $1] * rows[right * 8 + $1] }
                if labels[left] == labels[right] { genuine.append(cosine) } else { impostor.append(cosine) }
            }
        }
        let curve = ErrorRateCurve(try Scores(genuine: genuine, impostor: impostor))
        #expect(abs(row.estimates[0].value - Metric.equalErrorRate(.interpolated)(curve)) < 1e-9)

        let file = Data(try place.folder.read("runs/toy/evaluation.json"))
        let kept = try JSONDecoder().decode(EvaluationReport.self, from: file)
        #expect(kept.name == "toy" && kept.rows.count == 1)
        #expect(try place.folder.names(in: "runs/toy/plots").count { $0.hasSuffix(".svg") } > 1)
        // The model folder within is as good as the run.
        #expect(try evaluate("runs/toy/model").reports[0].rows[0].estimates.map(\.value) == row.estimates.map(\.value))
    }

    @Test func aRunDoesNotDifferFromItself() throws {
        try place.train(place.recipe())
        let result = try evaluate("runs/toy", "runs/toy")
        #expect(result.reports.count == 2 && result.differences.count == 1)
        #expect(result.differences[0].estimates.allSatisfy { $0.value == 0 && $0.lower == 0 && $0.upper == 0 })
        #expect(result.verdicts == ["test: no difference shown; every interval of the differences includes 0."])
        #expect(!place.folder.has("runs/toy/evaluation.json"))
    }

    @Test func differencesAreFirstMinusSecond() throws {
        try place.train(place.recipe())
        try place.train(place.recipe(ToyRecipe.text, "name=other", "seed=5"))
        let result = try evaluate("runs/toy", "runs/other")
        for (number, difference) in result.differences[0].estimates.enumerated() {
            let values = result.reports.map { $0.rows[0].estimates[number].value }
            #expect(abs(difference.value - (values[0] - values[1])) < 1e-12)
        }
    }

    @Test func verdictsSayWhatDiffersAndWhichWay() {
        func figure(_ name: String, _ value: Double, _ lower: Double, _ upper: Double) -> EvaluationReport.Figure {
            .init(
                name: name + IdentityBootstrap.differenceSuffix, value: value, lower: lower, upper: upper,
                confidence: 0.95, isSupported: true)
        }
        let row = EvaluationReport.Row(
            set: "test", condition: nil, identityCount: 30, genuineCount: 1, impostorCount: 1,
            estimates: [
                figure("EER", -0.02, -0.03, -0.01), figure("AUC", 0.1, -0.1, 0.3), figure("TAR", 0.2, 0.1, 0.3),
            ],
            method: "", caveat: nil)
        let reports = ["a", "b"].map { EvaluationReport(name: $0, rows: [row], oneShot: nil) }
        let expected = "test: EER is lower, TAR is higher with a than with b, outside the noise of these identities."
        #expect(ComparedEvaluation(reports: reports, differences: [row]).verdicts == [expected])
    }

    @Test func conditionsPairTheFirstWithEach() throws {
        var lines = ["path,label,split,light"]
        for identity in 0..<6 {
            let set = identity < 2 ? "train" : identity < 4 ? "development" : "test"
            // Pictures 0 to 3 under light 1, 4 and 5 under light 2.
            for number in 0..<6 { lines.append("p\(identity)/\(number).png,p\(identity),\(set),\(number < 4 ? 1 : 2)") }
        }
        try place.folder.write("people/manifest.csv", lines.joined(separator: "\n"))
        let text = ToyRecipe.text
            .replacing("path: people", with: "path: people/manifest.csv")
            .replacing("  split: {train: 0.5, development: 0.25, test: 0.25}\n", with: "")
        try place.train(place.recipe(text, "evaluation.by=light"))
        let rows = try evaluate("runs/toy").reports[0].rows
        #expect(rows.map(\.condition) == [nil, "light 1", "light 2"])
        // Of eight pictures under light 1: 2 · 6 genuine pairs and 16 others; with four under light 2: 2 · 8 and 16.
        #expect(rows.map(\.genuineCount) == [30, 12, 16] && rows.map(\.impostorCount) == [36, 16, 16])

        let missing = message { try evaluate("runs/toy", settings: ["evaluation.by=lamp"]) }
        #expect(missing?.contains("has no “lamp”, by which evaluation.by breaks the results down") == true)
        // A condition of its own per picture leaves single pictures, which make no pair.
        let separate = lines.enumerated().map { line, text in line == 0 ? text : "\(text)-\(line)" }
        try place.folder.write("people/manifest.csv", separate.joined(separator: "\n"))
        let alone = message { try evaluate("runs/toy") }
        #expect(alone?.contains("the set test, light ") == true && alone?.contains("cannot be measured") == true)
    }

    @Test func setsThatDoNotExistAreNamed() throws {
        try place.train(place.recipe())
        let text = message { try evaluate("runs/toy", settings: ["evaluation.sets=[tset]"]) }
        #expect(text == "tset: is no set of this split; there are train, development, test")
    }

    @Test func aModelElsewhereNeedsARecipe() throws {
        try place.train(place.recipe())
        try FileManager.default.createDirectory(atPath: place.folder("moved"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: place.folder("runs/toy/model"), toPath: place.folder("moved/m"))
        let text = message { try TrainedRun(path: place.folder("moved/m")) }
        #expect(text?.contains("has no recipe.yaml beside the model") == true)
        let gone = message { try TrainedRun(path: place.folder("moved/m"), recipe: place.folder("no.yaml")) }
        #expect(gone?.contains("no.yaml: there is no recipe file of this name") == true)

        let run = try TrainedRun(path: place.folder("moved/m"), recipe: place.folder("recipe.yaml"))
        let evaluation = try ModelEvaluation([run], roots: place.roots)
        try evaluation.keep(evaluation.run())
        #expect(try place.folder.names(in: "moved") == ["m"])
    }
}
