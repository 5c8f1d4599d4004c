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
        let whole = try margin.run(arguments + ["--results", "whole", "--runs", "other"])
        #expect(whole.code == 0 && whole.errors.contains("4 runs to do: about "), "\(whole.errors)")
        #expect(whole.output.contains("settings as given") && whole.output.contains("inside the noise"))

        let page = try margin.folder.text("other/compare-recipe/report.html")
        #expect(page.contains("Corrected p") && page.contains("cosface s=16 m=0.1"))

        try margin.checkGoingOn(arguments, to: whole, results: "Results/compare-recipe.csv") { _ in true }

        let table = try margin("compare", "recipe.yaml", "--table", "--markdown", "--reference", "cosface s=16 m=0.1")
        #expect(table.code == 0 && table.output.contains("| softmax | ") && table.errors.isEmpty, "\(table.errors)")
    }

    @Test func controlCStopsTheRunsAndSaysHowToGoOn() throws {
        try margin.checkInterruption(
            arguments + ["--set", "training.epochs=3000"], once: "runs/compare-recipe/recipe-recipe.txt")
    }

    @Test func whatIsWrongIsSaid() throws {
        #expect(try margin("compare", "recipe.yaml", "--heads", "arcfase").refused("did you mean “arcface”?"))
        #expect(try margin("compare", "recipe.yaml", "--seeds", "0").errors.contains("--seeds is 1 or more"))
        #expect(try margin("compare", "recipe.yaml", "--table").errors.contains("there is no such study"))
    }
}
