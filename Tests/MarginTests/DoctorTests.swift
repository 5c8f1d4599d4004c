import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct DoctorTests {
    private let margin: Command

    init() throws {
        margin = try Command()
    }

    @Test func aSoundRecipeEndsWithZero() throws {
        let result = try margin("doctor", "recipe.yaml")
        #expect(result.code == 0, "\(result.errors)")
        #expect(
            result.output.contains("train              24") && result.output.contains("48 pictures: 16×16 grey: 48"))
        #expect(
            result.output.contains("✓ every picture can be read") && result.output.contains("2 epochs, 6 steps of "))
        #expect(result.output.contains(" bounds): about ") && result.output.contains("without evaluations"))
        #expect(!margin.folder.has("runs"))
    }

    @Test func brokenFilesEndWithTwoAndAreListed() throws {
        for number in 0..<25 { try margin.folder.write("data/people/p1/bad\(number).png", "words \(number)") }
        let result = try margin("doctor", "recipe.yaml")
        #expect(result.code == 2 && result.output.contains("✗ 25 of 73 pictures cannot be used"))
        #expect(result.output.contains("people/p1/bad19.png: is not a picture"))
        #expect(result.output.contains("and 5 more; --json lists all") && !result.output.contains("bad20.png"))
        #expect(result.output.contains("2 epochs, 6 steps; not measured"))

        let json = try margin("doctor", "recipe.yaml", "--json")
        #expect(json.code == 2)
        let check = try json.json()
        #expect((check["unreadable"] as? [String])?.count == 25 && check["timing"] == nil)
        #expect((check["sets"] as? [[String: Any]])?.first?["name"] as? String == "train")
    }

    @Test func aRecipeThatCannotBeOpenedIsRefused() throws {
        #expect(try margin("doctor", "no.yaml").refused("no.yaml: there is no recipe file of this name"))
        #expect(try margin("doctor", "recipe.yaml", "--set", "data.path=nowhere").refused("nowhere: was not found"))
    }

    @Test func timesAreGivenAsJSON() throws {
        let result = try margin("doctor", "recipe.yaml", "--json", "--set", "training.epochs=7")
        let check = try result.json()
        let timing = try #require(check["timing"] as? [String: Any])
        let step = try #require(timing["step"] as? Double)
        let total = try #require(timing["total"] as? Double)
        #expect(result.code == 0 && abs(total - 21 * step) < 1e-9 && check["steps"] as? Int == 21)
        #expect(["network", "loading"].contains(timing["bound"] as? String))
    }
}
