import AngularMargin
import Foundation
import Testing
import Torch

@Suite struct RealWorldWeightTests {
    /// The two terms and the gradient of their sum, of one sample.
    private func found(
        _ logits: [Double], label: Int, miss: [Double], falsePositive: [Double], _ type: ScalarType = .float64
    ) throws -> (missed: Double, falsePositives: Double, gradient: [Double]) {
        let objective = RealWorldWeightCrossEntropy(missWeights: miss, falsePositiveWeights: falsePositive)
        let z = try Tensor(logits, shape: [1, logits.count]).to(type).detached().requireGradient()
        let terms = try objective.terms(z, columns: Tensor([label]))
        let slopes = try gradient(of: objective.losses(z, labels: Tensor([label])).sum(), withRespectTo: z)
        return try (terms[0].values.item(), terms[1].values.item(), slopes.reals())
    }

    /// With two classes and all weights 1, log(1 − h_k) is the other class's log h: the cross-entropy twice.
    @Test(arguments: [0.0, 1e-9, 3, 36, 37, 45, 800, 1e30]) func twoClasses(difference: Double) throws {
        for type in [ScalarType.float32, .float64] {
            for (label, other) in [(0, 1), (1, 0)] {
                var logits = [0.0, 0]
                logits[label] = type == .float32 ? Double(Float(difference)) : difference
                let d = logits[label]
                let found = try found(logits, label: label, miss: [1, 1], falsePositive: [1, 1], type)
                let epsilon = type == .float32 ? 0x1p-22 : 0x1p-50
                let expected = log1p(exp(-d))
                #expect(abs(found.missed - expected) <= epsilon * max(expected, 0x1p-3))
                #expect(abs(found.falsePositives - expected) <= epsilon * max(expected, 0x1p-3))
                let slope = 2 / (1 + exp(d))
                #expect(abs(found.gradient[other] - slope) <= epsilon && abs(found.gradient[label] + slope) <= epsilon)

                // The same mistaken: −log of a number that rounds to 0, and 1 − h of an h that rounds to 1.
                let mistaken = try self.found(logits, label: other, miss: [1, 1], falsePositive: [1, 1], type)
                let loss = d + log1p(exp(-d))
                #expect(abs(mistaken.missed - loss) <= epsilon * max(loss, 1))
                #expect(abs(mistaken.falsePositives - loss) <= epsilon * max(loss, 1))
            }
        }
    }

    /// A critical class that takes it all: −log(1 − h_k) = z_k − log Σ_{j≠k} e^{z_j}, where 1 − h_k itself is 0.
    @Test func whereTheProbabilityRoundsToOne() throws {
        let logits = [3.0, 120, 1, 2]
        let others = log(exp(3.0) + exp(1) + exp(2))
        for (type, epsilon) in [(ScalarType.float32, 1e-5), (.float64, 1e-12)] {
            let found = try found(
                logits, label: 0, miss: [1, 5, 1, 1], falsePositive: [0, 0.5, 0, 0], type)
            #expect(abs(found.falsePositives - 0.5 * (120 - others)) < epsilon)
            #expect(abs(found.missed - 117) < epsilon)
            // ∂/∂z_1: the softmax's h_1 = 1, and ν.
            let expected =
                [-1 - 0.5 * exp(3 - others), 1.5, -0.5 * exp(1 - others), -0.5 * exp(2 - others)]
            #expect(distance(found.gradient, expected) < epsilon)
        }
    }

    /// Classes that share the largest logit.
    @Test func ties() throws {
        let found = try found([5, 5, 5], label: 2, miss: [1, 1, 2], falsePositive: [3, 0, 1])
        #expect(abs(found.missed - 2 * log(3)) < 1e-14)
        #expect(abs(found.falsePositives + 3 * log(2.0 / 3)) < 1e-14)
        let expected = [2.0 / 3 + 1, 2.0 / 3 - 0.5, -4.0 / 3 - 0.5]
        #expect(distance(found.gradient, expected) < 1e-14)
    }

    @Test func oneClassCannotBeMistaken() throws {
        let found = try found([7], label: 0, miss: [3], falsePositive: [2])
        #expect(found.missed == 0 && found.falsePositives == 0 && found.gradient == [0])
    }

    /// Without a price on false alarms it is the weighted softmax.
    @Test func withoutFalsePositives() throws {
        let problem = Problem.random(batch: 7, classes: 4, dimension: 3, seed: 61)
        let context = HeadContext(classNames: (0..<4).map(String.init))
        let priced = try HeadPreset.named("real-world-weight")
            .head(["classes": "2", "miss_weight": 3, "false_positive_weight": 0], for: context).evaluated(problem)
        let weighted = try HeadPreset.named("weighted-softmax").head(["classes": "2", "weight": 3], for: context)
            .evaluated(problem)
        #expect(try abs(priced.output.loss.item() - weighted.output.loss.item()) < 1e-14)
        #expect(distance(priced.features, weighted.features) < 1e-14)
        #expect(distance(priced.weights, weighted.weights) < 1e-14)
    }

    @Test func itIsMadeForSoManyClasses() throws {
        let problem = Problem.random(batch: 3, classes: 4, dimension: 2, seed: 62)
        let head = Head(
            scale: .constant(8),
            objective: RealWorldWeightCrossEntropy(missWeights: [1, 1], falsePositiveWeights: [0, 1]))
        #expect(throws: HeadError.objectiveClassCount(expected: 2, found: 4)) { try head.evaluated(problem) }
    }
}
