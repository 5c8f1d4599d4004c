import Foundation
import TestSupport
import Testing

/// `margin metrics` with groups, identities, rates and costs.
@Suite struct GroupTests {
    private let margin: Command

    init() throws {
        margin = try Command()
        // Two people of each group, two items each.
        var lines = ""
        for (place, person) in ["a", "b", "c", "d"].enumerated() {
            lines += "1 \(person)/0 \(person)/1 \(place < 2 ? 0.9 : 0.3)\n"
        }
        lines += "0 a/0 b/0 0.6\n0 a/1 b/1 0.2\n0 c/0 d/0 0.1\n0 c/1 d/1 0.2\n0 a/0 c/0 0.7\n"
        try margin.folder.write("scores.txt", lines)
        try margin.folder.write("groups.csv", "name,group\na,north\nb,north\nc,south\nd,south\n")
    }

    private var folder: TemporaryFolder { margin.folder }

    @Test func errorsOfEachGroupAtOneThreshold() throws {
        let json = try margin(
            "metrics", "scores.txt", "--groups", "groups.csv", "--threshold", "0.5", "--draws", "40", "--json"
        ).json()
        let found = try #require(json["groups"] as? [String: Any])
        let groups = try #require(found["groups"] as? [[String: Any]])
        try #require(groups.map { $0["name"] as? String } == ["north", "south"])
        func rate(_ place: Int, _ name: String) -> Double? {
            (groups[place][name] as? [String: Any])?["value"] as? Double
        }

        #expect(rate(0, "falseMatchRate") == 0.5 && rate(0, "falseNonMatchRate") == 0)
        #expect(rate(1, "falseMatchRate") == 0 && rate(1, "falseNonMatchRate") == 1)
        #expect(groups[0]["falseMatchInterval"] is [String: Any])
        #expect(found["crossGroupCount"] as? Int == 1)
        let name = (groups[0]["falseMatchRate"] as? [String: Any])?["name"] as? String
        #expect(name == "FMR[group north, both sides, threshold 0.5]")
        let table = try margin("metrics", "scores.txt", "--groups", "groups.csv", "--threshold", "0.5", "--draws", "20")
        #expect(table.output.contains("1 trials between two groups are left out."))
    }

    @Test func groupsNeedAThresholdAndEverybody() throws {
        let without = try margin("metrics", "scores.txt", "--groups", "groups.csv")
        #expect(
            without.code == 64 && without.errors.contains("--groups needs one threshold that was chosen on other data"))
        try folder.write("groups.csv", "a north\nb north\nc south\n")
        #expect(
            try margin("metrics", "scores.txt", "--groups", "groups.csv", "--threshold", "0.5").refused(
                "groups.csv: has no group for “d/0”"))
        try folder.write("groups.csv", "a north\na south\n")
        #expect(
            try margin("metrics", "scores.txt", "--groups", "groups.csv", "--threshold", "0.5").refused(
                "groups.csv:2: puts “a” into south"))
    }

    @Test func ratesAndCostsOfOnesOwn() throws {
        let json = try margin(
            "metrics", "scores.txt", "--far", "0.3", "--cost", "0.2,1,5", "--draws", "0", "--json"
        ).json()
        let figures = try #require((json["report"] as? [String: Any])?["figures"] as? [[String: Any]])
        let names = figures.compactMap { $0["name"] as? String }
        #expect(names.contains("TAR@FAR=3e-1[FAR at most]") && !names.contains("TAR@FAR=1e-1[FAR at most]"))
        #expect(names.contains("minDCF[P_target=2e-1, C_miss=1, C_fa=5, normalised]"))
        #expect(try margin("metrics", "scores.txt", "--cost", "0.2,1").code == 64)
        #expect(try margin("metrics", "scores.txt", "--cost", "2,1,1").errors.contains("prior of targets"))
        #expect(try margin("metrics", "scores.txt", "--far", "0").code == 64)
    }

    @Test func identitiesFromAList() throws {
        try folder.write("plain.txt", "1 u v 0.9\n1 w x 0.8\n0 u w 0.5\n0 v x 0.3\n")
        #expect(try margin("metrics", "plain.txt", "--draws", "10").output.contains("single trials"))
        try folder.write("people.csv", "name,identity\nu,1\nv,1\nw,2\nx,2\n")
        #expect(
            try margin("metrics", "plain.txt", "--identities", "people.csv", "--draws", "10").output.contains(
                "over 2 identities"))
        try folder.write("people.csv", "u,1\nv,1\nw,2\nx,1\n")
        #expect(
            try margin("metrics", "plain.txt", "--identities", "people.csv").refused(
                "calls the trial “w x” genuine, but the list of identities says 2 and 1"))
        try folder.write("people.csv", "u,1\nv,1\n")
        #expect(try margin("metrics", "plain.txt", "--identities", "people.csv").refused("names “w”"))
    }
}
