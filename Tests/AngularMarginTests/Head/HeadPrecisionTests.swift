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
            let head = try preset.head(values)
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
