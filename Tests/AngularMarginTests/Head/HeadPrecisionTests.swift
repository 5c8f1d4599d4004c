import AngularMargin
import Foundation
import Testing
import Torch

/// Float32 against Float64, within the tolerances of this project.
@Suite struct HeadPrecisionTests {
    private static let presets: [(String, [String: HeadParameterValue])] = [
        ("softmax", [:]), ("normface", [:]), ("cosface", [:]), ("arcface", [:]),
        ("arcface", ["s": 512, "beyond_pi": "wespeaker"]), ("combined", [:]), ("sphereface-r", ["variant": "v0"]),
        ("sphereface-r", ["variant": "v0", "gradient": "full"]), ("sphereface-r", ["gradient": "full"]),
        ("sphereface-r", ["norm": "none"]), ("sphereface-r", ["norm": "soft", "variant": "v1"]),
        ("sphereface2", [:]), ("sphereface2", ["variant": "A"]), ("sphereface2", ["variant": "M", "gradient": "full"]),
        ("a-softmax", ["lambda": 0]), ("a-softmax", [:]), ("virtual-softmax", [:]), ("curricularface", ["t": 0.3]),
        ("magface", [:]), ("magface", ["l_a": 1, "u_a": 10]), ("adaface", ["mu": 5, "sigma": 2]), ("elasticface", [:]),
        ("elasticface", ["variant": "cos", "plus": true]), ("uniface", [:]), ("inter-topk", [:]), ("p2sgrad", [:]),
        ("weighted-softmax", ["classes": "1,2", "weight": 5, "mean": "weights"]),
        ("real-world-weight", ["classes": "1,2", "miss_weight": 5]),
        ("custom", ["objective": "real-world-weight", "critical": "1,2", "target": "angle", "s": 64]),
        ("camri", ["classes": "1,2", "s": 64]), ("arcface", ["virtual": "full", "sample_rate": 0.5]),
    ]

    @Test(arguments: [UInt64(31), 32, 33]) func lossAndGradients(seed: UInt64) throws {
        for (name, values) in Self.presets {
            let preset = try HeadPreset.named(name)
            let arguments = try preset.arguments(values)
            let scale = arguments.optionalNumber("s") ?? arguments.optionalNumber("r") ?? 8
            // Targets about 60 degrees away, as in training.
            var problem = Problem.random(batch: 16, classes: 40, dimension: 32, seed: seed)
            for row in problem.features.indices {
                problem.features[row] = zip(problem.weights[problem.labels[row]], problem.features[row])
                    .map { Double(Float(0.6 * $0 + $1)) }
            }
            let context = HeadContext(classNames: (0..<40).map(String.init))
            let head = try preset.head(values, for: context)
            let bias = try Double(Float(head.initialBias(classCount: 40)))
            let exact = try head.evaluated(problem, .float64, bias: bias)
            let single = try head.evaluated(problem, .float32, bias: bias)
            let comment = Comment("\(name) \(values)")

            let loss = try exact.output.loss.item()
            #expect(
                try abs(single.output.loss.item() - loss) <= 1e-6 * max(1, loss) + 4 * scale * 0x1p-24, comment)
            for (found, expected) in [(single.features, exact.features), (single.weights, exact.weights)] {
                #expect(
                    distance(found, expected) <= 1e-5 * max(1, scale / 16) * max(length(expected), 1e-3), comment)
            }
        }
    }

    /// Nearer ±1 than 1e-3, float32 does not resolve angles: the error may be twice that of the plain formula
    /// c cos m − √(1 − c²) sin m under autograd.
    @Test(arguments: [0.02, 0.005, 0.001, 3.14, 3.1405]) func nearThePoles(angle: Double) throws {
        var source = SplitMix(seed: 35)
        var problem = Problem.random(batch: 64, classes: 6, dimension: 16, seed: 36)
        for row in problem.features.indices {
            let w = problem.weights[problem.labels[row]]
            var side = w.map { _ in source.normal() }
            let along = zip(side, w).reduce(0) { $0 + $1.0 * $1.1 } / (length(w) * length(w))
            side = zip(side, w).map { $0 - along * $1 }
            problem.features[row] = zip(w, side).map {
                Double(Float(cos(angle) * $0 / length(w) + sin(angle) * $1 / length(side)))
            }
        }
        let head = try HeadPreset.named("arcface").head(["s": 16])
        let exact = try head.evaluated(problem)
        let single = try head.evaluated(problem, .float32)

        let (features, weights, labels) = try problem.tensors(.float32)
        let columns = try labels.unsqueezed(1)
        let cosines = try (features / features.norm([1], keeping: true))
            .matmul((weights / weights.norm([1], keeping: true)).transposed())
        let own = try cosines.gathered(columns, dimension: 1)
        let target = try own * cos(0.5) - (1 - own.squared()).clamped(from: 1e-9).squareRoot() * sin(0.5)
        let loss = try SoftmaxCrossEntropy()
            .losses(16 * cosines.scattering(target, at: columns, dimension: 1), labels: labels).mean()
        let plain = try gradient(of: loss, withRespectTo: features).reals()

        let expected = try exact.output.loss.item()
        #expect(
            try abs(single.output.loss.item() - expected) <= 2 * abs(loss.item() - expected) + 64 * 0x1p-24)
        #expect(
            distance(single.features, exact.features)
                <= 2 * distance(plain, exact.features) + 1e-5 * length(exact.features))
    }

    @Test func halfTypesAreComputedInFloat32() throws {
        let problem = Problem.random(batch: 4, classes: 3, dimension: 8, seed: 34)
        let head = try HeadPreset.named("arcface").head()
        for type in [ScalarType.float16, .bfloat16] {
            let (features, weights, labels) = try problem.tensors(type)
            let output = try head.evaluate(features: features, weights: weights, labels: labels)
            #expect(output.loss.scalarType == .float32)
            let same = try head.evaluate(
                features: features.to(.float32), weights: weights.to(.float32), labels: labels)
            #expect(try output.loss.item() == same.loss.item())
            #expect(try gradient(of: output.loss, withRespectTo: features).scalarType == type)
        }
        let (features, weights, labels) = try problem.tensors(.float32)
        let mixed = try head.evaluate(features: features, weights: weights.to(.float64), labels: labels)
        #expect(mixed.loss.scalarType == .float64)
    }
}
