import Foundation
import TestSupport
import Testing

@Suite struct CompareTests {
    private let margin: Command

    init() throws {
        margin = try Command()
    }

    private let arguments = [
        "compare", "recipe.yaml", "--heads", "softmax,cosface:s=16,m=0.1", "--seeds", "2", "--settings", "0", "--draws",
        "100", "--data", "data", "--jobs", "2",
    ]

    @Test func aStudyThatIsKilledGoesOnToTheSameTable() throws {
        let whole = try margin.start(arguments + ["--results", "whole", "--runs", "other"]).result()
        #expect(whole.code == 0 && whole.errors.contains("4 runs to do: about "), "\(whole.errors)")
        #expect(whole.output.contains("settings as given") && whole.output.contains("inside the noise"))

        let page = try margin.folder.text("other/compare-recipe/report.html")
        #expect(page.contains("Corrected p") && page.contains("cosface s=16 m=0.1"))

        let running = try margin.start(arguments)
        while running.isRunning, (try? margin.folder.text("Results/compare-recipe.csv")) == nil {
            Thread.sleep(forTimeInterval: 0.01)
        }
        running.kill()
        _ = try running.result()
        let resumed = try margin.start(arguments).result()
        #expect(resumed.code == 0 && resumed.output == whole.output, "\(resumed.errors)")
        #expect(resumed.errors.contains("finished: about "))

        let table = try margin("compare", "recipe.yaml", "--table", "--markdown", "--reference", "cosface s=16 m=0.1")
        #expect(table.code == 0 && table.output.contains("| softmax | ") && table.errors.isEmpty, "\(table.errors)")
    }

    @Test func controlCStopsTheRunsAndSaysHowToGoOn() throws {
        let running = try margin.start(arguments + ["--set", "training.epochs=3000"])
        while running.isRunning, !margin.folder.has("runs/compare-recipe/recipe-recipe.txt") {
            Thread.sleep(forTimeInterval: 0.01)
        }
        running.interrupt()
        let result = try running.result()
        #expect(result.code == 130 && result.errors.contains("The same command goes on"), "\(result.errors)")
    }

    @Test func whatIsWrongIsSaid() throws {
        #expect(try margin("compare", "recipe.yaml", "--heads", "arcfase").refused("did you mean “arcface”?"))
        #expect(try margin("compare", "recipe.yaml", "--seeds", "0").errors.contains("--seeds is 1 or more"))
        #expect(try margin("compare", "recipe.yaml", "--table").errors.contains("there is no such study"))
    }
}
