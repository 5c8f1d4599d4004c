import TestSupport
import Testing

@testable import Experiments

@Suite struct CriticalTargetTests {
    private let classes = ["no entry", "stop", "worst case", "yield"]
    private let recalls = ["no entry": 0.9, "stop": 0.7, "worst case": 0.95, "yield": 0.7]

    private func targets(_ words: String..., together: Bool = false) throws -> [CriticalTarget] {
        try CriticalWish(words, together: together, classes: classes).targets(classes: classes, recalls: recalls)
    }

    private func complaint(_ words: String...) -> String {
        message { try CriticalWish(words, together: false, classes: classes) } ?? "none"
    }

    @Test func rolesArePlacesByRecall() {
        // Of equal recalls the first by name is the worse.
        #expect(ClassRole.worst.pick(among: recalls) == "stop")
        #expect(ClassRole.secondWorst.pick(among: recalls) == "yield")
        #expect(ClassRole.median.pick(among: recalls) == "yield")
        #expect(ClassRole.median.pick(among: recalls.filter { $0.key != "stop" }) == "no entry")
        #expect(ClassRole.secondWorst.pick(among: ["a": 1]) == nil && ClassRole.worst.pick(among: [:]) == nil)
    }

    @Test func everyWordIsATargetOfItsOwn() throws {
        let found = try targets("median", "worst", "no entry")
        #expect(found.map(\.name) == ["yield", "stop", "no entry"])
        #expect(found.map(\.role) == [.median, .worst, nil])
        // A class that is named and has a role too is looked at once.
        #expect(try targets("stop", "worst").map(\.name) == ["stop"])
    }

    @Test func togetherTheyAreOne() throws {
        let found = try targets("yield", "worst", together: true)
        #expect(found.map(\.classes) == [["stop", "yield"]] && found[0].name == "stop + yield")
        #expect(CriticalRate.recall.title(found[0]) == "mean recall[stop + yield]")
        #expect(CriticalRate.recall.names(found[0]) == ["recall[stop]", "recall[yield]"])
    }

    @Test func whatIsNoClassIsNamedWithTheNearest() {
        #expect(complaint("stpo").hasPrefix("--class stpo: the training set has no such class; did you mean stop?"))
        #expect(complaint("secondworst").contains("did you mean second-worst?"))
        #expect(complaint("qqqqqqqqq").contains("there are no entry, stop, worst case, yield"))
        #expect(complaint("stop", "stop") == "--class stop is given twice")
        #expect(complaint("stop", "median") == "none")
    }

    @Test func aClassMayBeCalledAsARole() throws {
        let classes = ["worst", "best"]
        let wish = try CriticalWish(["worst"], together: false, classes: classes)
        #expect(wish.roles(classes: classes).isEmpty)
        #expect(try wish.targets(classes: classes, recalls: [:]) == [CriticalTarget(["worst"])])
    }
}
