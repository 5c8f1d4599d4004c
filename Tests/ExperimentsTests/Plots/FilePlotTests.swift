import Foundation
import Reports
import TestSupport
import Testing

@testable import Experiments

@Suite struct FilePlotTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let scores = ["1 0.9", "1 0.8", "1 0.4", "0 0.5", "0 0.3", "0 0.2", "0 0.1"].joined(separator: "\n")
        try folder.write("a/scores.txt", scores)
        try folder.write("b/scores.txt", scores.replacing("0.4", with: "0.7"))
        let log = (1...5).map { #"{"event":"step","step":\#($0),"epoch":1,"loss":\#(6 - $0),"targetAngle":1}"# }
        try folder.write("run/log.jsonl", log.joined(separator: "\n"))
    }

    private func plot(_ kind: FilePlot.Kind, _ files: String..., change: (inout FilePlot) -> Void = { _ in }) throws
        -> Plot
    {
        var request = FilePlot(kind, files: files.map { folder($0) })
        request.draws = 20
        change(&request)
        return try request.plot()
    }

    private func names(_ plot: Plot) -> [String] {
        plot.panels.flatMap(\.series).filter { $0.isInLegend && $0.look.color != .muted }.map(\.name)
    }

    @Test func severalSystemsStandInOneDET() throws {
        // At 0.4 and at 0.5 one impostor of four is accepted, and of the genuine trials none or one of three is rejected.
        let both = try plot(.det, "a/scores.txt", "b/scores.txt")
        #expect(names(both) == ["a/scores.txt, EER 25.00\u{202F}%", "b/scores.txt, EER 0.00\u{202F}%"])
        let named = try plot(.det, "a/scores.txt", "b/scores.txt") {
            $0.names = ["ours", "theirs"]
            $0.title = "Mine"
        }
        #expect(names(named).map { $0.prefix(4) } == ["ours", "thei"] && named.title == "Mine")
        #expect(named.panels[0].series.map(\.look.color).contains(.series(1)))
    }

    @Test func aROCHasItsBand() throws {
        let banded = try plot(.roc, "a/scores.txt")
        #expect(banded.panels[0].series.contains { if case .band = $0.mark { true } else { false } })
        #expect(names(banded)[0].hasPrefix("scores, EER"))
        let bare = try plot(.roc, "a/scores.txt") { $0.draws = 0 }
        #expect(!bare.panels[0].series.contains { if case .band = $0.mark { true } else { false } })
    }

    @Test func theOthersAreDrawnFromTheirFiles() throws {
        #expect(try plot(.histogram, "a/scores.txt").subtitle.contains("3 genuine and 4 impostor"))
        #expect(try plot(.training, "run").subtitle == "run: 5 steps in 1 epoch")
        #expect(try plot(.training, "run/log.jsonl") == plot(.training, "run"))
        #expect(try plot(.angle, "run").panels[0].vertical.label == "Angle, degrees")
        var head = FilePlot(.head, files: ["arcface"])
        head.settings = ["m=0.3"]
        #expect(try head.plot().subtitle.contains("m = 0.3"))
    }

    @Test func numbersLieBesideTheDrawing() throws {
        let made = try plot(.det, "a/scores.txt")
        let written = try FilePlot.write(made, to: folder("out.svg"))
        #expect(try folder.text("out.svg") == made.svg() && folder.text("out.csv") == made.csv())
        #expect(written.map { URL(filePath: $0).lastPathComponent } == ["out.svg", "out.csv"])
        let refused = message { try FilePlot.write(made, to: folder("no/out.svg")) }
        #expect(refused?.contains("no/out.svg: cannot be written") == true)
    }

    @Test func whatCannotBeDrawnIsNamed() throws {
        let many = message { try plot(.histogram, "a/scores.txt", "b/scores.txt") }
        #expect(many?.contains("b/scores.txt: is one too many") == true)
        let names = message { try plot(.det, "a/scores.txt") { $0.names = ["a", "b"] } }
        #expect(names?.contains("are 2 names for 1 files") == true)
        #expect(message { try plot(.det, "none.txt") }?.contains("there is no such file") == true)
        #expect(message { try plot(.training, "none") }?.contains("name a run folder or its log.jsonl") == true)
        #expect(message { try plot(.training, "a/scores.txt") }?.contains("has no step of a training run") == true)
    }
}
