import AngularMargin
import Foundation
import TestSupport
import Testing
import Torch

@testable import Experiments

@Suite struct HeadRecipeTests {
    private func recipe(_ head: String, _ settings: String...) throws -> HeadRecipe {
        let text = "name: a\ndata: {path: people}\nhead: \(head)\n"
        let document = try RecipeDocument(
            file: "r.yaml", text: text, settings: settings.map(RecipeDocument.Setting.init))
        return try Recipe(document).head
    }

    @Test func classesAreNamedInAListOrWithTheirMargins() throws {
        let names = ["cat", "stop", "a:b"]
        for head in [
            "{name: camri, classes: [stop], m: 0.2}", "{name: camri, classes: stop, m: 0.2}",
            "{name: camri, margins: {stop: 0.2}}", "{name: camri, margins: 'stop:0.2'}",
        ] {
            let curves = try recipe(head).head(classNames: names).curves(at: [1], label: 1)
            #expect(abs(curves[0].values[0] - cos(1.2)) < 1e-14, "\(head)")
        }
        let both = try recipe("{name: camri, classes: [cat], m: 0.1, margins: {'a:b': 0.3}}").head(classNames: names)
        for (label, margin) in [0.1, 0, 0.3].enumerated() {
            #expect(try abs(both.curves(at: [1], label: label)[0].values[0] - cos(1 + margin)) < 1e-14)
        }
        let set = try recipe("{name: camri}", "head.classes=[stop,cat]").head(classNames: names)
        #expect(try set.curves(at: [1], label: 0)[0].values[0] < cos(1.1))
    }

    @Test(arguments: HeadPreset.all.map(\.name).filter { $0 != "mama" })
    func everyHeadIsARecipe(_ name: String) throws {
        let classes = try HeadPreset.named(name).needsClasses ? ", classes: [a]" : ""
        let head = try recipe("{name: \(name)\(classes)}").head(classNames: ["a", "b"])
        _ = try MarginHead(head, classCount: 2, featureCount: 4, generator: Generator(seed: 1))
    }

    @Test(arguments: [
        ("{name: camri}", "r.yaml: head.classes: classes is missing: name the critical classes"),
        ("{name: weighted-softmax}", "r.yaml: head.classes: classes is missing: name the critical classes"),
        ("{name: real-world-weight}", "r.yaml: head.classes: classes is missing: name the critical classes"),
        ("{name: softmax, class_weights: {a: -1}}", "head.class_weights: class_weights is a:-1 where class:number"),
        ("{name: mama}", "head.name: the head mama cannot be made so: it compares two modalities"),
        (
            "{name: uniface, virtual: full}",
            "head.name: the head uniface cannot be made so: a virtual class is one more"
        ),
        (
            "{name: camri, margins: {stop: 9}}",
            "head.margins: margins is stop:9 where class:number, with numbers from 0"
        ),
        ("{name: arcface, m: [1, 2]}", "head.m: m is 1,2 where a number from 0"),
        ("{name: elasticface, m: {a: 1}}", "head.m: m is a:1 where a number from 0"),
        ("{name: subcenter-arcface, k: 2.5}", "head.k: k is 2.5 where a whole number from 1 to 1000 is wanted"),
    ])
    func mistakesAreNamedBeforeDataAreOpened(_ head: String, _ expected: String) {
        let text = message { try recipe(head) } ?? ""
        #expect(text.contains(expected), "\(text)")
    }

    @Test func weightsGoByTheNamesOfClasses() throws {
        for head in [
            "{name: weighted-softmax, classes: [stop], weight: 3}",
            "{name: weighted-softmax, class_weights: {stop: 3}}",
            "{name: arcface, class_weights: {stop: 3}}",
        ] {
            let weights = try recipe(head).head(classNames: ["go", "stop"]).classWeights
            #expect(try weights?.values.reals() == [1, 3] && weights?.mean == .samples, "\(head)")
        }
        let mean = try recipe("{name: weighted-softmax, classes: [stop], mean: weights}").head(classNames: [
            "go", "stop",
        ])
        #expect(try mean.classWeights?.values.reals() == [1, 2] && mean.classWeights?.mean == .weights)
        let priced =
            try recipe("{name: real-world-weight, classes: [stop], miss_weight: 4, false_positive_weight: 0.5}")
            .head(classNames: ["go", "stop"]).objective as? RealWorldWeightCrossEntropy
        #expect(priced?.missWeights == [1, 4] && priced?.falsePositiveWeights == [0, 0.5])
    }

    @Test func aClassThatIsNoneIsNamedOnceTheDataAreThere() throws {
        let text = message { try recipe("{name: camri, classes: [stpo]}").head(classNames: ["stop", "go"]) }
        #expect(text == "r.yaml: head.classes: classes names “stpo”, which is no class; did you mean “stop”?")
    }

    @Test(arguments: [
        "{name: camri, classes: [a, b]}", "{name: camri, margins: {a: 0.25, b: 0.5}}",
        "{name: weighted-softmax, classes: [a], class_weights: {b: 3}}",
    ])
    func theResolvedRecipeKeepsThem(_ head: String) throws {
        let text = "name: a\ndata: {path: people}\nhead: \(head)\n"
        let first = try Recipe(RecipeDocument(file: "r.yaml", text: text))
        let second = try Recipe(RecipeDocument(file: "r.yaml", text: first.resolved))
        #expect(first.resolved == second.resolved)
        for (key, value) in first.head.values { #expect(second.head.values[key] == value) }
    }
}
