import AngularMargin
import Foundation
import Testing
import Torch

/// Axes that contradict each other are refused, with the reason.
@Suite struct HeadCombinationTests {
    private func message(
        _ preset: String, _ values: [String: HeadParameterValue], _ context: HeadContext = HeadContext()
    )
        -> String
    {
        do {
            _ = try HeadPreset.named(preset).head(values, for: context)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test(
        arguments: [
            ("sphereface2", ["virtual": "full"], "a virtual class is one more competitor in a softmax"),
            ("uniface", ["virtual": "detached"], "a virtual class is one more competitor in a softmax"),
            ("p2sgrad", ["virtual": "full"], "a virtual class is one more competitor in a softmax"),
            ("softmax", ["topk": 2], "margins are on angles"),
            ("softmax", ["projected": true], "lengths of weights count"),
            ("virtual-softmax", ["subcenters": 3], "sub-centres have several"),
            ("softmax", ["subcenters": 3], "inner products have none"),
            ("curricularface", ["topk": 3], "a margin η already"),
            ("sphereface2", ["topk": 3], "a margin η already"),
            ("sphereface-r", ["topk": 3], "a margin η already"),
            ("oc-softmax", ["subcenters": 3], "one class has no other classes"),
            ("oc-softmax", ["topk": 3], "no other classes to choose from"),
            ("oc-softmax", ["sample_rate": 0.5], "one class has no other classes"),
            ("mama", ["regularizer": "mhe"], "a contrastive objective compares samples"),
            ("mama", ["sample_rate": 0.5], "a contrastive objective compares samples"),
            ("subcenter-arcface", ["regularizer": "exclusive"], "must be free to lie together"),
            ("custom", ["target": "monotone", "t": 3], "a monotone margin leads out of it"),
            ("custom", ["negatives": "hard"], "there is none on the other classes"),
            ("custom", ["objective": "squares", "norm": "none"], "squared errors compare cosines with 0 and 1"),
            ("custom", ["others": "cosine", "topk": 2], "a margin η already"),
            ("magface", ["l_a": 50, "u_a": 20], "u_a 20.0, which should be larger"),
        ] as [(String, [String: HeadParameterValue], String)])
    func refused(preset: String, values: [String: HeadParameterValue], reason: String) {
        let found = message(preset, values)
        #expect(found.hasPrefix("the head \(preset) cannot be made so: ") && found.contains(reason), "\(found)")
    }

    @Test func axesSetByHandAreCheckedToo() throws {
        let problem = Problem.random(batch: 3, classes: 3, dimension: 2, seed: 91)
        var head = Head(scale: .constant(1), objective: SquaredCosines())
        _ = try head.evaluated(problem)
        head.scale = .constant(2)
        #expect(throws: HeadError.self) { try head.evaluated(problem) }
        head = Head(scale: .constant(1), negatives: .nearest(2))
        #expect(throws: HeadError.self) { try head.evaluated(problem) }
        head = Head(scale: .constant(1), sampling: ClassSampling(rate: 0.5))
        #expect(throws: HeadError.self) { try head.evaluated(problem) }
        head = Head(similarity: .innerProduct, scale: .featureNorm)
        #expect(throws: HeadError.self) { try head.evaluated(problem) }
    }

    @Test func classesByName() throws {
        let context = HeadContext(classNames: ["cat", "dog", "stop"])
        #expect(
            message("camri", ["classes": "stp"], context)
                == "classes names “stp”, which is no class; did you mean “stop”?")
        #expect(
            message("camri", ["classes": "stop"]) == "classes goes by the names of classes, and there are none here")
        #expect(message("camri", [:], context).hasPrefix("classes is missing: name the critical classes"))
        #expect(message("camri", ["margins": "stop:4"], context).contains("class:number, with numbers from 0 to π"))
        #expect(message("camri", ["margins": "stop"], context).hasPrefix("margins is stop where class:number"))
        #expect(message("oc-softmax", ["bona_fide": "stop"], context).contains("needs 2"))
        #expect(message("oc-softmax", ["bona_fide": .words(["cat", "dog"])], context).contains("one class is wanted"))
        for name in ["weighted-softmax", "real-world-weight"] {
            #expect(message(name, [:], context).hasPrefix("classes is missing: name the critical classes"))
            #expect(message(name, ["classes": "stp"], context).contains("did you mean “stop”?"))
            #expect(message(name, ["classes": "stop"]).contains("there are none here"))
        }
        #expect(
            message("weighted-softmax", ["class_weights": "dog:-1"], context).contains("with numbers from 0 to 1000000")
        )
        #expect(message("real-world-weight", ["classes": "dog", "sample_rate": 0.5], context).contains("no key"))
        #expect(
            message("custom", ["objective": "real-world-weight", "critical": "dog", "sample_rate": 0.5], context)
                .contains("with part of the classes some of them would be left out"))
        #expect(message("custom", ["objective": "real-world-weight"], context).hasPrefix("critical is missing"))
        #expect(message("custom", ["critical": "dog"], context).contains("no meaning with objective=softmax"))
        #expect(message("custom", ["miss_weight": 3], context).hasPrefix("miss_weight has no meaning with"))
        for values in [
            ["classes": "stop"], ["classes": .words(["stop"])], ["margins": .numbers(["stop": 4 * .pi / 64])],
        ]
            as [[String: HeadParameterValue]]
        {
            let head = try HeadPreset.named("camri").head(values, for: context)
            let curves = try head.curves(at: [1], label: 2)
            #expect(abs(curves[0].values[0] - cos(1 + 4 * Double.pi / 64)) < 1e-14)
            #expect(try head.curves(at: [1], label: 0)[0].values[0] == curves[1].values[0])
        }
    }

    @Test func inputsThatDoNotFit() throws {
        let problem = Problem.random(batch: 3, classes: 3, dimension: 2, seed: 92)
        func message(_ preset: String, labels: [Int]? = nil, rows: Int = 3) -> String {
            do {
                let (features, weights, _) = try problem.tensors()
                let head = try HeadPreset.named(preset).head()
                _ = try head.evaluate(
                    features: features, weights: weights.sliced(0..<rows), labels: Tensor(labels ?? problem.labels))
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(
            message("subcenter-arcface")
                == "the weights have the shape [3, 2] where [C, 3, 2] with C at least 1 is wanted")
        #expect(message("oc-softmax") == "the weights have the shape [3, 2] where [1, 2] is wanted")
        #expect(
            message("oc-softmax", labels: [0, 1, 2], rows: 1)
                == "row 2 has the label 2; with 2 classes, labels are 0 to 1")
        #expect(message("mama", rows: 2) == "the weights have the shape [2, 2] where [3, 2] is wanted")
        #expect(
            message("mama", labels: [0, 2, 1])
                == "row 1 has the label 2; a contrastive objective pairs row 1 with row 1")
    }

    @Test func headsWithoutClassesAreNotTrained() throws {
        let contrast = try HeadPreset.named("mama").head()
        #expect(throws: HeadError.self) {
            try MarginHead(contrast, classCount: 2, featureCount: 2, generator: Generator(seed: 1))
        }
        let oneClass = try HeadPreset.named("oc-softmax").head()
        #expect(throws: HeadError.self) {
            try MarginHead(oneClass, classCount: 3, featureCount: 2, generator: Generator(seed: 1))
        }
        let head = try MarginHead(oneClass, classCount: 2, featureCount: 4, generator: Generator(seed: 1))
        #expect(head.weight.shape == [1, 4] && head.classCount == 2)
        #expect(try head.expectedFirstLoss(generator: Generator(seed: 2)) > 5)
    }
}
