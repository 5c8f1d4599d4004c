import Foundation
import TestSupport
import Testing
import Torch

/// Embeddings measured from the command line, on hand-computed cases.
@Suite struct RankTests {
    private let margin: Command

    /// Angles of unit vectors in the plane; cosines are then those of differences.
    private static let angles: [Double] = [0, 10, 25, 90, 100, 200]

    init() throws {
        margin = try Command()
        try write("plane.npy", Self.angles)
        try margin.folder.write("plane-labels.txt", "a\na\nb\nb\nb\nc\n")
    }

    private var folder: TemporaryFolder { margin.folder }

    private func write(_ name: String, _ degrees: [Double]) throws {
        let rows = degrees.flatMap { [Float(3 * cos($0 * .pi / 180)), Float(3 * sin($0 * .pi / 180))] }
        try NumPyFile.save(Tensor(rows, shape: [degrees.count, 2]), to: URL(filePath: folder(name)))
    }

    private func figures(_ json: [String: Any]) throws -> [String: Double] {
        let figures = try #require(json["figures"] as? [[String: Any]])
        return Dictionary(
            uniqueKeysWithValues: figures.compactMap { figure in
                (figure["name"] as? String).flatMap { name in (figure["value"] as? Double).map { (name, $0) } }
            })
    }

    /// Nearest others: 0 → 10 (a, right), 10 → 0 (right), 25 → 10 (wrong; then 0, then 90 at place 3),
    /// 90 → 100 (right), 100 → 90 (right); c has nobody. R is 1 for a and 2 for b.
    @Test func retrievalAmongTheOthers() throws {
        let json = try margin("rank", "plane.npy", "--labels", "plane-labels.txt", "--depth", "1,3", "--json").json()
        let found = try figures(json)
        #expect(json["withoutMateCount"] as? Int == 1 && json["galleryCount"] as? Int == 6)
        #expect(found["Recall@1[any match, ties by lot]"] == 0.8)
        #expect(found["Recall@3[any match, ties by lot]"] == 1)
        // R-precision: 1, 1, 0, and for 90: 100 and 25 are b, so 1; for 100: 90 and 25, so 1.
        #expect(found["R-precision[ties by lot]"] == 0.8)
        #expect(found["MAP@R[ties by lot]"] == 0.8)
        #expect(found["mean rank[ties half]"].map { abs($0 - 7.0 / 5) < 1e-12 } == true)

        let table = try margin("rank", "plane.npy", "--labels", "plane-labels.txt")
        #expect(table.errors.contains("This is look 2 at plane.npy") && folder.has("ledger.jsonl"))
        #expect(table.code == 0 && table.output.contains("1 probes have nothing of their label there"))
    }

    /// A gallery of a at 5° and b at 95°; probes of a at 0° and 80° (nearer to b), of b at 100°, of a stranger at 45°.
    @Test func identificationInAGallery() throws {
        try write("gallery.npy", [5, 95])
        try folder.write("gallery.csv", "a\nb\n")
        try write("probes.npy", [0, 80, 100, 46])
        try folder.write("probes.csv", "a\na\nb\nx\n")
        let json = try margin(
            "rank", "probes.npy", "--labels", "probes.csv", "--gallery", "gallery.npy", "--gallery-labels",
            "gallery.csv", "--depth", "1,2", "--fpir", "0.5", "--json"
        ).json()
        let found = try figures(json)
        #expect(found["rank-1 identification[closed set, gallery of 2, ties by lot]"] == 2.0 / 3)
        #expect(found["rank-2 identification[closed set, gallery of 2, ties by lot]"] == 1)
        // No stranger may be found: the threshold lies above cos 41°, which the probes at 0° and 100° reach.
        #expect(found["TPIR@FPIR=5e-1[rank 1, FPIR over non-mated probes at most, gallery of 2]"] == 2.0 / 3)
    }

    /// Of the fifteen pairs 0–10, 25–90, 25–100 and 90–100 are genuine. The impostors from the most alike: 10–25
    /// (15°), 0–25 (25°), …; at most one of eleven may be accepted at 0.1, so the threshold lies above 25°: 0–10,
    /// 90–100 are accepted.
    @Test func allPairs() throws {
        let json = try margin(
            "rank", "plane.npy", "--labels", "plane-labels.txt", "--all-pairs", "--far", "0.1", "--json"
        ).json()
        #expect(json["genuineCount"] as? Int == 4 && json["impostorCount"] as? Int == 11)
        let rate = try #require((json["rates"] as? [[String: Any]])?.first)
        let figure = try #require(rate["figure"] as? [String: Any])
        #expect(figure["name"] as? String == "TAR@FAR=1e-1[FAR at most]" && figure["value"] as? Double == 0.5)
        #expect(figure["isSupported"] as? Bool == false)
        #expect((rate["threshold"] as? Double).map { abs($0 - cos(15 * .pi / 180)) < 1e-6 } == true)
        let table = try margin("rank", "plane.npy", "--labels", "plane-labels.txt", "--all-pairs", "--far", "0.1")
        #expect(table.output.contains("TAR@FAR=1e-1[FAR at most]  0.5 !"))
    }

    @Test func badInputIsRefused() throws {
        #expect(try margin("rank", "none.npy").refused("none.npy: there is no such file"))
        #expect(try margin("rank", "plane.npy").refused("plane.npy: has no paths in folders", "--labels"))
        try folder.write("short.txt", "a\nb\n")
        #expect(try margin("rank", "plane.npy", "--labels", "short.txt").refused("has 2 labels for 6 embeddings"))
        try folder.write("apart.txt", "a\nb\nc\nd\ne\nf\n")
        #expect(
            try margin("rank", "plane.npy", "--labels", "apart.txt", "--all-pairs").refused("There is no genuine trial")
        )
        #expect(try margin("rank", "plane.npy", "--labels", "apart.txt").refused("queries with a relevant item"))
        #expect(try margin("rank", "plane.npy", "--labels", "short.txt", "--fpir", "2").code == 64)
        #expect(try margin("rank", "plane.npy", "--depth", "0").code == 64)
        try NumPyFile.save(Tensor([1, .nan] as [Float], shape: [1, 2]), to: URL(filePath: folder("nan.npy")))
        #expect(try margin("rank", "nan.npy", "--labels", "short.txt").refused("nan.npy: holds a number that is not"))
    }

    /// Identification of templates, pooled from files whose directions are known.
    @Test func templatesAreSearchedForInTemplates() throws {
        try write("plane.npy", [0, 10, 25, 90, 100, 200])
        try folder.write("plane.txt", "p/0.png\np/10.png\nq/25.png\nq/90.png\nq/100.png\nr/200.png\n")
        try folder.write("gallery.csv", "template,media,file\nP,1,p/0.png\nQ,1,q/90.png\nQ,2,q/100.png\n")
        // The second probe, at 25°, is nearer to P at 0° than to Q at 95°; together with 90° and 100° it is Q's.
        func rate(_ probes: String) throws -> Double {
            try folder.write("probes.csv", "template,media,file\na,1,p/10.png\n\(probes)")
            let result = try margin(
                "rank", "plane.npy", "--templates", "probes.csv", "--gallery", "plane.npy", "--gallery-templates",
                "gallery.csv", "--depth", "1", "--json")
            let figures = try #require(try result.json()["figures"] as? [[String: Any]], "\(result.errors)")
            let figure = figures.first { ($0["name"] as? String)?.hasPrefix("rank-1") == true }
            return try #require(figure?["value"] as? Double)
        }
        #expect(try rate("b,1,q/25.png\n") == 0.5)
        #expect(try rate("b,1,q/25.png\nb,2,q/90.png\nb,3,q/100.png\n") == 1)
        // Three frames of one medium weigh as much as one picture.
        #expect(try rate("b,1,q/25.png\nb,1,q/25.png\nb,1,q/25.png\nb,2,q/90.png\nb,3,q/100.png\n") == 1)

        func refused(_ list: String, _ part: String) throws -> Bool {
            try folder.write("probes.csv", list)
            return try margin("rank", "plane.npy", "--templates", "probes.csv").refused(part)
        }
        #expect(try refused("template,media,file\na,1,p/0.png\na,2,q/90.png\n", "the template “a” of 'p' and of 'q'"))
        #expect(
            try refused("template,media,file\na,1,p/1.png\n", "names “p/1.png”, of which plane.npy has no embedding"))
        #expect(try margin("rank", "plane.npy", "--gallery-templates", "gallery.csv").code == 64)
    }

    /// Trials over templates, and normalised by a cohort, from embeddings that were made before.
    @Test func scoringFromEmbeddings() throws {
        try folder.write("plane.txt", "p/0.png\np/10.png\nq/25.png\nq/90.png\nq/100.png\nr/200.png\n")
        try folder.write("trials.txt", "1 p/0.png p/10.png\n0 p/0.png q/90.png\n")
        func scores(_ arguments: String...) throws -> [Double] {
            let result = try margin.run(["score", "plane.npy", "trials.txt"] + arguments)
            let scores = result.output.split(separator: "\n").dropFirst().compactMap { line in
                line.split(separator: " ").last.flatMap { Double($0) }
            }
            return try #require(scores.isEmpty ? nil : scores, "\(result.errors)")
        }
        let plain = try scores()
        #expect(plain.count == 2 && abs(plain[0] - cos(10 * .pi / 180)) < 1e-6 && abs(plain[1]) < 1e-6)

        // Cosines of 0°, 10° and 90° with the cohort at 60°, 110° and 180°.
        try write("cohort.npy", [60, 110, 180])
        func moments(_ degrees: Double, top: Int) -> (mean: Double, deviation: Double) {
            let used = [60.0, 110, 180].map { cos(($0 - degrees) * .pi / 180) }.sorted().suffix(top)
            let mean = used.reduce(0, +) / Double(used.count)
            return (mean, (used.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(used.count)).squareRoot())
        }
        for (method, top) in [("s-norm", 3), ("as-norm", 2)] {
            let normalised =
                method == "s-norm"
                ? try scores("--normalise", method, "--cohort", "cohort.npy")
                : try scores("--normalise", method, "--cohort", "cohort.npy", "--top", "2")
            for (trial, other) in [10.0, 90].enumerated() {
                let (enrolled, test) = (moments(0, top: top), moments(other, top: top))
                let score = cos(other * .pi / 180)
                let expected =
                    ((score - enrolled.mean) / enrolled.deviation + (score - test.mean) / test.deviation) / 2
                #expect(abs(normalised[trial] - expected) < 1e-4)
            }
        }

        // Template A: one medium with 0° and 10°, one with 25°; template B: 90°.
        try folder.write(
            "media.csv", "template,media,file\nA,1,p/0.png\nA,1,p/10.png\nA,2,q/25.png\nB,3,q/90.png\n")
        try folder.write("trials.txt", "0 A B\n")
        var (x, y) = (0.0, 0.0)
        for (degrees, weight) in [(0.0, 0.5), (10.0, 0.5), (25.0, 1.0)] {
            x += weight * cos(degrees * .pi / 180)
            y += weight * sin(degrees * .pi / 180)
        }
        let pooled = try scores("--templates", "media.csv")
        #expect(abs(pooled[0] - sin(atan2(y, x))) < 1e-6)

        try folder.write("trials.txt", "0 A C\n")
        #expect(
            try margin("score", "plane.npy", "trials.txt", "--templates", "media.csv").refused(
                "trials.txt: names the template “C”, which media.csv does not have"))
        #expect(
            try margin("score", "plane.npy", "trials.txt").refused("names “A”, of which plane.npy has no embedding"))
        #expect(try margin("score", "plane.npy", "trials.txt", "--normalise", "s-norm").code == 64)
        let top = ["--cohort", "cohort.npy", "--top", "2"]
        #expect(try margin.run(["score", "plane.npy", "trials.txt", "--normalise", "s-norm"] + top).code == 64)
        try folder.write("trials.txt", "1 p/0.png p/10.png\n")
        try write("cohort.npy", [60, 60])
        #expect(
            try margin("score", "plane.npy", "trials.txt", "--normalise", "s-norm", "--cohort", "cohort.npy").refused(
                "cohort.npy: cannot normalise the scores of “p/0.png”", "use a larger cohort"))
    }
}
