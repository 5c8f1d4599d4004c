import Foundation
import TestSupport
import Testing

/// Score files and trial lists from the command line.
@Suite struct ScoreTests {
    private let margin: Command

    init() throws {
        margin = try Command()
        try margin.folder.write("scores.txt", "1 0.9\n1 0.8\n1 0.4\n0 0.5\n0 0.3\n0 0.2\n0 0.1\n")
    }

    private var folder: TemporaryFolder { margin.folder }

    @Test func measuring() throws {
        let json = try margin("metrics", "scores.txt", "--json", "--draws", "0").json()
        let figures = try #require((json["report"] as? [String: Any])?["figures"] as? [[String: Any]])
        let equal = try #require(figures.first { $0["name"] as? String == "EER[interpolated]" })
        #expect(equal["value"] as? Double == 0.25)

        let table = try margin("metrics", "scores.txt", "--draws", "50")
        #expect(table.code == 0 && table.output.contains("minDCF[P_target=1e-2, C_miss=1, C_fa=1, normalised]"))
        #expect(table.output.contains("single trials, as if independent"))
        #expect(try margin("metrics", "scores.txt", "--polarity", "lower", "--draws", "0").output.contains("0.75"))

        #expect(try margin("metrics", "none.txt").refused("none.txt: there is no such file"))
        try folder.write("nan.txt", "1 0.5\n0 nan\n")
        #expect(try margin("metrics", "nan.txt").refused("nan.txt:2: has the score nan"))
        try folder.write("one.txt", "1 0.5\n1 0.7\n")
        #expect(try margin("metrics", "one.txt").refused("one.txt: is one-sided", "no impostor trial"))
        try folder.write("empty.txt", "")
        #expect(try margin("metrics", "empty.txt").refused("empty.txt: is empty"))
    }

    @Test func looksAreCounted() throws {
        try folder.write("runs/r/recipe.yaml", "")
        try folder.write("runs/r/scores/test.txt", "1 0.9\n1 0.2\n0 0.5\n0 0.3\n")
        #expect(
            try margin("metrics", "runs/r/scores/test.txt", "--draws", "0").output.contains(
                "This is look 1 at test.txt."))
        #expect(
            try margin("metrics", "runs/r/scores/test.txt", "--draws", "0").output.contains(
                "This is look 2 at test.txt;"))
        #expect(folder.has("runs/r/ledger.jsonl"))
    }

    @Test func calibrating() throws {
        try folder.write("dev.txt", "label score\n1 0\n1 1\n1 1\n1 1\n0 0\n0 0\n0 0\n0 0\n0 1\n")
        let json = try margin("calibrate", "dev.txt", "--json").json()
        let line = try #require(json["affine"] as? [String: Any])
        #expect((line["offset"] as? Double).map { abs($0 - log(0.25 / 0.8)) < 1e-9 } == true)
        let applied = try margin(
            "calibrate", "dev.txt", "--method", "isotonic", "--apply", "scores.txt", "--output", "llr.txt")
        #expect(applied.code == 0 && folder.has("llr.txt"))
        #expect(try margin("calibrate", "scores.txt", "--far", "0.1").code == 64)
        try folder.write("easy.txt", "1 2\n0 1\n")
        #expect(try margin("calibrate", "easy.txt").refused("logistic calibration has no finite answer"))
    }

    @Test func scoringAndStoringThresholds() throws {
        try #require(try margin("train", "recipe.yaml").code == 0)
        try folder.write(
            "trials.txt", "1 p0/0.png p0/1.png\n0 p0/0.png p1/0.png\n0 p0/1.png p2/1.png\n1 p1/0.png p1/1.png\n")
        let result = try margin("score", "runs/toy", "trials.txt", "--root", "data/people", "--output", "s.txt")
        #expect(result.code == 0)
        #expect(try margin("metrics", "s.txt", "--draws", "20").output.contains("3 identities"))
        let refused = try margin("score", "runs/toy", "trials.txt")
        #expect(refused.refused("trials.txt: names “p0/0.png”, but there is no file", "--root"))

        #expect(
            try margin("calibrate", "s.txt", "--model", "runs/toy", "--far", "0.5").refused("cannot be measured on 2"))
        let stored = try margin(
            "calibrate", "s.txt", "--model", "runs/toy", "--far", "0.5", "--allow-unsupported", "--method", "isotonic")
        #expect(stored.code == 0 && stored.errors.contains("too few to support this rate"))
        let thresholds = try #require(try margin("info", "runs/toy", "--json").json()["thresholds"] as? [[String: Any]])
        #expect(thresholds.contains { $0["source"] as? String == "s.txt" && $0["impostorCount"] as? Int == 2 })

        let first = try margin("evaluate", "runs/toy")
        #expect(first.errors.contains("This is look 1 at"))
        #expect(try margin("evaluate", "runs/toy").errors.contains("This is look 2 at"))
    }
}
