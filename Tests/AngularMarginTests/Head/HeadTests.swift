import AngularMargin
import Foundation
import Testing
import Torch

@Suite struct HeadTests {
    private let problem = Problem.random(batch: 5, classes: 4, dimension: 3, seed: 41)

    @Test func sampleWeights() throws {
        let head = try HeadPreset.named("sphereface-r").head(["norm": "soft", "lw": 60])
        let (features, weights, labels) = try problem.tensors()
        let factors = [0, 1, 2, 0.5, 0.25]
        let output = try head.evaluate(
            features: features, weights: weights, labels: labels, sampleWeights: Tensor(factors))
        let plain = try head.evaluate(features: features, weights: weights, labels: labels)
        #expect(try output.losses.reals() == plain.losses.reals())
        let sum = try zip(plain.losses.reals(), factors).reduce(0) { $0 + $1.0 * $1.1 } / 5 * 60 / 30
        let penalty = try #require(output.penalties.first)
        #expect(penalty.name == "norm" && penalty.weight == 0.01)
        #expect(try abs(output.loss.item() - sum - 0.01 * penalty.value.item()) < 1e-12)
    }

    @Test func whatIsReported() throws {
        let head = try HeadPreset.named("arcface").head(["s": 10])
        let features = try Tensor([1.0, 0, 0, 2, 1, 1], shape: [3, 2])
        let weights = try Tensor([3.0, 0, 0, 1], shape: [2, 2])
        let output = try head.evaluate(features: features, weights: weights, labels: Tensor([0, 0, 0]))
        #expect(try abs(output.meanTargetAngle() - (0 + .pi / 2 + .pi / 4) / 3) < 1e-12)
        // A margin would turn the third, which is as near to either class: it does not count here.
        #expect(try output.predictions.elements(as: Int.self)[..<2] == [0, 1])
        #expect(try output.targetCosines.reals().map { ($0 * 1e9).rounded() } == [1e9, 0, 707_106_781])
        #expect(!output.targetCosines.requiresGradient)
        #expect(try output.logits?.reals()[1] == 0 && output.similarities?.reals()[1] == 0)
    }

    @Test func targetAnglesOfInnerProducts() throws {
        let found = try Head(similarity: .innerProduct, scale: .constant(1)).evaluated(problem).output
        let normalized = try HeadPreset.named("normface").head().evaluated(problem).output
        #expect(try distance(found.targetCosines.reals(), normalized.targetCosines.reals()) < 1e-14)
    }

    @Test func warmingUp() throws {
        let head = try HeadPreset.named("sphereface-r").head(["variant": "v0", "norm": "none", "gradient": "full"])
        let plain = Head(scale: .featureNorm)
        let half = try HeadPreset.named("sphereface-r")
            .head(["variant": "v0", "norm": "none", "gradient": "full", "m": 1.25])
        for (scaled, same) in [(head.withMargin(scaledBy: 0), plain), (head.withMargin(scaledBy: 0.5), half)] {
            let (first, second) = try (scaled.evaluated(problem), same.evaluated(problem))
            #expect(try abs(first.output.loss.item() - second.output.loss.item()) < 1e-14)
            #expect(distance(first.features, second.features) < 1e-13)
        }
    }

    @Test func releasedGradientOfSphereFace2() throws {
        // As if the logit were r·cos θ + b: with t = 1 that is the detached one.
        for variant in ["C", "A", "M"] {
            let preset = try HeadPreset.named("sphereface2")
            let plain = try preset.head(["variant": .word(variant), "gradient": "detached", "t": 1])
            let released = try preset.head(["variant": .word(variant), "gradient": "released", "t": 1])
            let (first, second) = try (plain.evaluated(problem), released.evaluated(problem))
            #expect(distance(first.features, second.features) < 1e-14)
            let adjusted = try preset.head(["variant": .word(variant), "gradient": "released", "t": 3])
            let detached = try preset.head(["variant": .word(variant), "gradient": "detached", "t": 3])
            let (third, fourth) = try (adjusted.evaluated(problem), detached.evaluated(problem))
            #expect(try third.output.loss.item() == fourth.output.loss.item())
            #expect(distance(third.features, fourth.features) > 1e-3)
        }
    }

    @Test func projectedWeights() throws {
        let preset = try HeadPreset.named("cosface")
        var unit = problem
        unit.weights = problem.weights.map { w in w.map { $0 / length(w) } }
        let projected = try preset.head(["projected": true]).evaluated(problem)
        let onSphere = try preset.head(["projected": true]).evaluated(unit)
        let differentiated = try preset.head().evaluated(unit)
        #expect(distance(projected.weights, onSphere.weights) < 1e-13)
        // They differ by the part along the weights.
        for row in 0..<4 {
            let part = { (values: [Double]) in Array(values[row * 3..<row * 3 + 3]) }
            let along = zip(part(projected.weights), unit.weights[row]).reduce(0) { $0 + $1.0 * $1.1 }
            let tangential = zip(part(projected.weights), unit.weights[row]).map { $0 - along * $1 }
            #expect(distance(tangential, part(differentiated.weights)) < 1e-13)
        }
    }

    @Test func argumentsThatDoNotFitAreErrors() throws {
        let head = try HeadPreset.named("arcface").head()
        let (features, weights, labels) = try problem.tensors()
        func message(_ body: () throws -> HeadOutput) -> String {
            do {
                _ = try body()
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(
            message { try head.evaluate(features: features, weights: weights, labels: Tensor([0, 1, 2, 4, -1])) }
                == "row 3 has the label 4; with 4 classes, labels are 0 to 3")
        #expect(
            message { try head.evaluate(features: features, weights: weights, labels: Tensor([0, 1, -1, 0, 0])) }
                == "row 2 has the label -1; with 4 classes, labels are 0 to 3")
        #expect(
            message { try head.evaluate(features: features, weights: weights, labels: Tensor([0, 1])) }
                == "the labels have the shape [2] where [5] is wanted")
        #expect(
            message { try head.evaluate(features: features, weights: weights, labels: Tensor([0.0, 1, 1, 1, 1])) }
                == "the labels are float64 where whole numbers are wanted")
        #expect(
            message { try head.evaluate(features: features, weights: Tensor.ones([4, 7]), labels: labels) }
                == "the weights have the shape [4, 7] where [C, 3] is wanted")
        #expect(
            message { try head.evaluate(features: features, weights: weights, bias: Tensor([0.0]), labels: labels) }
                == "the biases have the shape [1] where none is wanted")
        #expect(
            message { try head.evaluate(features: Tensor.zeros([0, 3]), weights: weights, labels: Tensor([Int]())) }
                == "the features have the shape [0, 3] where [B, D] with B and D at least 1 is wanted")
        #expect(
            message { try head.evaluate(features: features * 1e15, weights: weights, labels: labels) }
                .contains("of the features has an entry of magnitude"))
        #expect(
            message { try head.evaluate(features: features, weights: weights * Double.nan, labels: labels) }
                == "row 0 of the weights has an entry that is not a number")
        let softmax = try HeadPreset.named("softmax").head()
        #expect(
            message { try softmax.evaluate(features: features * 1e200, weights: weights * 1e200, labels: labels) }
                .contains("has a logit that is no number or beyond"))
        let sphereFace2 = try HeadPreset.named("sphereface2").head()
        #expect(
            message { try sphereFace2.evaluate(features: features, weights: weights, labels: labels) }
                == "the objective has a bias, of the shape [1], and none was given")
    }
}
