import Foundation
import TestSupport
import Testing

@Suite struct CriticalTests {
    private let margin: Command
    private static let recipe = """
        name: toy
        task: classification
        data: {path: people, split: {train: 0.5, development: 0.25, test: 0.25}}
        pictures: {size: [16, 16], color: grey}
        network: {name: sfnet-small, channels: [4, 4, 4, 4], blocks: [0, 0, 0, 0], embedding: 8}
        training: {epochs: 2, batch: 8, learning_rate: 0.05, workers: 1, keep: last}

        """

    init() throws {
        margin = try Command()
        try margin.folder.write("toy.yaml", Self.recipe)
    }

    private let arguments = [
        "critical", "toy.yaml", "--class", "worst", "--settings", "1", "--search-seeds", "1", "--seeds", "2", "--draws",
        "100", "--tolerance", "100", "--data", "data", "--jobs", "2",
    ]

    @Test func aStudyThatIsKilledGoesOnToTheSameTables() throws {
        let whole = try margin.start(arguments + ["--results", "whole", "--runs", "other"]).result()
        #expect(whole.code == 0, "\(whole.errors)")
        #expect(whole.errors.contains(" runs to do: about ") && whole.errors.contains("critical: p"))
        #expect(whole.errors.contains("development accuracy") && whole.errors.contains(" left"))
        #expect(whole.output.contains("validation accuracy not below CE's") && whole.output.contains("CE + bias"))
        #expect(try margin.folder.text("other/critical-toy/report.html").contains("Critical classes"))

        let running = try margin.start(arguments)
        while running.isRunning, (try? margin.folder.text("Results/critical-toy.csv"))?.contains(",search,") != true {
            Thread.sleep(forTimeInterval: 0.01)
        }
        running.kill()
        _ = try running.result()
        let resumed = try margin.start(arguments).result()
        #expect(resumed.code == 0 && resumed.output == whole.output, "\(resumed.errors)")
        #expect(resumed.errors.contains("finished: about "))

        let table = try margin.start(arguments + ["--table", "--markdown"]).result()
        #expect(table.code == 0 && table.output.contains("| CAMRI | ") && table.errors.isEmpty, "\(table.errors)")
        let json = try margin.start(arguments + ["--table", "--json"]).result()
        #expect(json.output.contains("\"overItems\"") && json.output.contains("\"role\" : \"worst\""))
    }

    @Test func controlCStopsTheRunsAndSaysHowToGoOn() throws {
        let running = try margin.start(arguments + ["--set", "training.epochs=9000"])
        while running.isRunning, !margin.folder.has("runs/critical-toy/recipe-toy.txt") {
            Thread.sleep(forTimeInterval: 0.01)
        }
        running.interrupt()
        let result = try running.result()
        #expect(result.code == 130 && result.errors.contains("The same command goes on"), "\(result.errors)")
    }

    @Test func whatIsWrongIsSaid() throws {
        func complaint(_ more: String...) throws -> String {
            try margin.start(["critical", "toy.yaml", "--data", "data"] + more).result().errors
        }
        #expect(try complaint().contains("name the class that must not be missed"))
        #expect(try complaint("--class", "worts").contains("did you mean worst?"))
        #expect(try complaint("--class", "p1", "--seeds", "0").contains("--seeds is 1 or more"))
        #expect(try complaint("--class", "p1", "--folds", "1").contains("--folds is 2 or more"))
        #expect(try complaint("--class", "p1", "--margins", "a").contains("--margins takes numbers above 0"))
        #expect(try complaint("--class", "p1", "--table").contains("there is no such study"))
        #expect(try complaint("--class", "p1", "--margins", "3.2").contains("head.m"))
        let verifier = try margin("critical", "recipe.yaml", "--class", "p1", "--data", "data")
        #expect(verifier.errors.contains("its task is verification") && verifier.code != 0)
    }
}
