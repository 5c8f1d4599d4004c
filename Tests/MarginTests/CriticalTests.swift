import Foundation
import TestSupport
import Testing

@Suite struct CriticalTests {
    private let margin: Command

    init() throws {
        margin = try Command()
        try margin.folder.write("toy.yaml", ToyRecipe.critical)
    }

    private let arguments = [
        "critical", "toy.yaml", "--class", "worst", "--settings", "1", "--search-seeds", "1", "--seeds", "2", "--draws",
        "100", "--tolerance", "100", "--data", "data", "--jobs", "2",
    ]

    @Test func aStudyThatIsKilledGoesOnToTheSameTables() throws {
        let whole = try margin.run(arguments + ["--results", "whole", "--runs", "other"])
        #expect(whole.code == 0, "\(whole.errors)")
        #expect(whole.errors.contains(" runs to do: about ") && whole.errors.contains("critical: p"))
        #expect(whole.errors.contains("development accuracy") && whole.errors.contains(" left"))
        #expect(whole.output.contains("validation accuracy not below CE's") && whole.output.contains("CE + bias"))
        #expect(try margin.folder.text("other/critical-toy/report.html").contains("Critical classes"))

        try margin.checkGoingOn(arguments, to: whole, results: "Results/critical-toy.csv") { $0.contains(",search,") }

        let table = try margin.run(arguments + ["--table", "--markdown"])
        #expect(table.code == 0 && table.output.contains("| CAMRI | ") && table.errors.isEmpty, "\(table.errors)")
        let json = try margin.run(arguments + ["--table", "--json"])
        #expect(json.output.contains("\"overItems\"") && json.output.contains("\"role\" : \"worst\""))
    }

    @Test func controlCStopsTheRunsAndSaysHowToGoOn() throws {
        try margin.checkInterruption(
            arguments + ["--set", "training.epochs=9000"], once: "runs/critical-toy/recipe-toy.txt")
    }

    @Test func whatIsWrongIsSaid() throws {
        func complaint(_ more: String...) throws -> String {
            try margin.run(["critical", "toy.yaml", "--data", "data"] + more).errors
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
