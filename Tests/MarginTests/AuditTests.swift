import Foundation
import TestSupport
import Testing

/// `margin audit` on a table small enough to see through.
@Suite struct AuditTests {
    private let margin: Command

    init() throws {
        margin = try Command()
        // Two numbers of which the first tells the outcome, better for one group than for the other.
        var lines = "score,noise,sex,income\n"
        for person in 0..<240 {
            let isFirst = person % 3 == 0
            let positive = person % 2 == 0
            let clarity = isFirst ? 0.2 : 0.8
            let number = (positive ? clarity : -clarity) + Double(person % 7 - 3) / 10
            lines += "\(number),\(Double(person % 5 - 2) / 10),\(isFirst ? "f" : "m"),\(positive ? ">50K" : "<=50K")\n"
        }
        try margin.folder.write("people.csv", lines)
    }

    private var folder: TemporaryFolder { margin.folder }

    private func audit(_ arguments: String...) throws -> Command.Result {
        try margin.run(
            ["audit", "people.csv", "--label", "income", "--positive", ">50K", "--sensitive", "sex"] + arguments)
    }

    @Test func theTableOnTheTerminal() throws {
        let result = try audit("--clip", "1", "--epsilon", "0.5,5", "--draws", "200", "--out", "found")
        #expect(result.code == 0 && result.errors.contains("report: found"))
        for part in ["sex", "ε", "not private"] { #expect(result.output.contains(part), "\(part)") }
        #expect(folder.has("found/report.html") && folder.has("found/audit.json") && folder.has("found/measures.csv"))
    }

    @Test func theSameAsJSON() throws {
        func report() throws -> [String: Any] {
            let result = try audit("--clip", "1", "--epsilon", "0.5,5", "--draws", "200", "--json")
            #expect(result.code == 0 && result.errors.contains("not private"))
            return try result.json()
        }
        let json = try report()
        let kept = try JSONSerialization.jsonObject(with: Data(folder.text("runs/audit-people/audit.json").utf8))
        #expect((kept as? [String: Any])?.keys.sorted() == json.keys.sorted())
        #expect((json["seconds"] as? [String: Double])?["drawing"].map { $0 > 0 } == true)
        // The same seed, the same draws.
        func withoutTimes(_ report: [String: Any]) -> NSDictionary {
            NSDictionary(dictionary: report.filter { $0.key != "seconds" })
        }
        #expect(try withoutTimes(report()) == withoutTimes(json))
    }

    @Test func mistakesAreNamed() throws {
        let unbounded = try audit()
        #expect(unbounded.code == 64 && unbounded.errors.contains("give a public bound on the rows' norms"))
        func refused(_ result: Command.Result, _ part: String) -> Bool {
            result.code == 1 && result.output.isEmpty && result.errors.contains("Error: \(part)")
        }
        let column = try margin(
            "audit", "people.csv", "--label", "incme", "--positive", ">50K", "--sensitive", "sex", "--clip", "1")
        #expect(refused(column, "there is no column “incme”; did you mean “income”?"))
        let value = try margin(
            "audit", "people.csv", "--label", "income", "--positive", "rich", "--sensitive", "sex", "--clip", "1")
        #expect(refused(value, "no row has “rich” in the column “income”"))
        #expect(try refused(audit("--clip", "1", "--epsilon=-1"), "epsilon is -1.0; it must be a positive number"))
        #expect(try refused(audit("--clip", "1", "--delta", "2"), "delta is 2.0; it must lie between 0 and 1"))
        #expect(
            try refused(
                audit("--clip", "1", "--epsilon", "3", "--mechanism", "classic"),
                "the classic Gaussian mechanism is proven for epsilon up to 1 only"))
    }
}
