import TestSupport
import Testing

@Suite struct HelpTests {
    static let verbs = [
        "doctor", "prepare", "estimate", "train", "evaluate", "compare", "critical", "embed", "verify", "score",
        "metrics", "rank",
        "calibrate", "gallery", "enroll", "identify", "plot", "info", "head", "audit",
    ]

    @Test(arguments: verbs)
    func everyVerbExplainsItselfWithExamples(_ verb: String) throws {
        let margin = try Command()
        let result = try margin(verb, "--help")
        #expect(result.code == 0 && result.errors.isEmpty)
        let examples = try #require(result.output.components(separatedBy: "EXAMPLES:").dropFirst().first)
        let lines = examples.split(separator: "\n").prefix { $0.hasPrefix("  ") }
        #expect(!lines.isEmpty && lines.contains { $0.contains("margin \(verb)") })
        #expect(lines.allSatisfy { $0.contains("margin ") })
    }

    @Test func theCommandListsItsVerbs() throws {
        let margin = try Command()
        let result = try margin("--help")
        for verb in Self.verbs {
            #expect(result.output.contains("  \(verb) "))
        }
        #expect(try margin("help", "train").output == margin("train", "--help").output)
        #expect(try margin("--version").output.contains("."))
        let unknown = try margin("trian")
        #expect(unknown.code == 64 && unknown.errors.contains("trian"))
    }

    @Test func thePreparableSetsAreListed() throws {
        let text = try Command()("help", "prepare").output
        #expect(
            ["digits:", "omniglot_small:", "faces_extyaleb:", "gtsrb32:", "cifar10_jpg:"].allSatisfy(text.contains))
    }
}
