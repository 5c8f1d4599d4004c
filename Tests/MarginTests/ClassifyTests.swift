import Foundation
import TestSupport
import Testing

@Suite struct ClassifyTests {
    private let margin: Command

    init() throws {
        margin = try Command()
        try margin.folder.write("recipe.yaml", ToyRecipe.classification)
        let trained = try margin("train", "recipe.yaml")
        #expect(trained.code == 0, "\(trained.errors)")
    }

    @Test func aClassifierIsMeasuredByItsClasses() throws {
        let text = try margin("evaluate", "runs/toy")
        #expect(
            text.code == 0 && text.output.contains("balanced accuracy") && text.output.contains("most often taken for"))
        #expect(text.errors.contains("report: runs/toy/report.html"))
        let json = try margin("evaluate", "runs/toy", "--json").json()
        let runs = try #require(json["runs"] as? [[String: Any]])
        #expect(runs.count == 1 && runs[0]["name"] as? String == "toy")
        let both = try margin("evaluate", "runs/toy", "--against", "runs/toy")
        #expect(both.output.contains("No difference shown: every interval of toy − toy includes 0."))
    }

    @Test func picturesArePredictedAsTextTableAndJSON() throws {
        let text = try margin("predict", "runs/toy", "data/people/p1")
        #expect(text.code == 0 && text.output.contains("data/people/p1/0.png") && text.output.contains(" %"))
        let table = try margin("predict", "runs/toy", "data/people", "--top", "1", "--csv")
        #expect(table.output.split(separator: "\n").count == 49)
        let json = try margin("predict", "runs/toy", "data/people/p1/0.png", "--json")
        let records = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        #expect(records.count == 1 && (records[0]["classes"] as? [Any])?.count == 3)
    }

    @Test func theModelSaysHowItClassifies() throws {
        let info = try margin("info", "runs/toy").output
        #expect(info.contains("trained on: 8 classes: p0") && !info.contains("thresholds: none"))
        #expect(info.contains("classifies: by the inner product to its classes; probabilities at temperature"))
    }

    @Test func badInputIsNamed() throws {
        try margin.folder.write("data/people/p1/x.png", "text")
        let partly = try margin("predict", "runs/toy", "data/people/p1")
        #expect(partly.code == 1 && partly.errors.contains("passed over: ") && partly.output.contains("0.png"))
        #expect(try margin("predict", "runs/toy", "data/none").refused("there is no such file or folder"))
        #expect(try margin("predict", "runs/toy", "data/people", "--csv", "--json").code == 64)
        #expect(try margin("predict", "runs/toy", "data/people", "--top", "0").code == 64)
    }
}
