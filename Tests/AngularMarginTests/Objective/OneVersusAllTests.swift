import AngularMargin
import Foundation
import Testing
import Torch

@Suite struct OneVersusAllTests {
    /// The initial bias makes positives and negatives pull equally, however small either is.
    @Test(arguments: [2, 3, 4, 10, 8631, 85_742]) func theInitialBiasBalances(classes: Int) {
        let objective = OneVersusAll(positiveWeight: 0.7, negativeWeight: 0.3)
        for (target, other) in [(-46.0, -14.0), (-30, -30), (-600, -10), (0, 0)] {
            let b = objective.initialBias(target: target, other: other, classCount: classes)
            // log σ(a) = −log(1 + e^{−a})
            let positive = log(0.7) - softplus(target + b)
            let negative = log(0.3 * Double(classes - 1)) - softplus(-other - b)
            #expect(abs(positive - negative) < 1e-11 * max(1, abs(positive)))
        }
    }

    @Test func oneClassStartsAtZero() {
        let objective = OneVersusAll(positiveWeight: 0.7, negativeWeight: 0.3)
        #expect(objective.initialBias(target: -3, other: 1, classCount: 1) == 0)
    }

    /// No small term is lost beside a large one that should not be in the sum.
    @Test func smallNegativesBesideALargePositive() throws {
        let logits = try Tensor([Float(35), -12, -11], shape: [1, 3])
        let loss = try OneVersusAll(positiveWeight: 0.7, negativeWeight: 0.3)
            .losses(logits, labels: Tensor([0])).item()
        let expected = 0.7 * softplus(-35) + 0.3 * (softplus(-12) + softplus(-11))
        #expect(abs(loss - expected) < 1e-6 * expected)
    }

    /// The own class's slope −p σ(−z) is not what is left of n σ(−z) when most of it is taken away.
    @Test func aSmallPositiveBesideLargeNegatives() throws {
        let logits = try Tensor([Float(-1), -12, -11], shape: [1, 3]).requireGradient()
        let loss = try OneVersusAll(positiveWeight: 1, negativeWeight: 1e6).losses(logits, labels: Tensor([0]))
        let slope = try gradients(of: [loss.sum()], withRespectTo: [logits])[0].reals()[0]
        let expected = -1 / (1 + exp(-1.0))
        #expect(abs(slope - expected) < 1e-6)
    }
}
