import AngularMargin
import Testing
import Torch

/// Published heads put together from the axes of `custom`.
@Suite struct CustomPresetTests {
    struct Pair: Sendable, CustomTestStringConvertible {
        let custom: [String: HeadParameterValue]
        let preset: String
        var values: [String: HeadParameterValue] = [:]
        var testDescription: String { preset }
    }

    @Test(arguments: [
        Pair(custom: [:], preset: "normface"),
        Pair(custom: ["target": "cosine", "s": 64], preset: "cosface"),
        Pair(
            custom: ["target": "angle", "s": 64, "beyond_pi": "clamp"], preset: "arcface",
            values: ["beyond_pi": "clamp"]),
        Pair(
            custom: ["target": "angle", "amount": "class", "classes": "1", "m": 0.2, "s": 16], preset: "camri",
            values: ["classes": "1", "m": 0.2]),
        Pair(
            custom: ["target": "monotone", "norm": "none", "m": 4], preset: "a-softmax", values: ["lambda": 0]),
        Pair(
            custom: ["others": "shrunken", "gradient": "detached", "s": 60], preset: "sphereface-r"),
        Pair(
            custom: ["target": "clipped", "norm": "soft", "pull": 0.2, "s": 30, "gradient": "detached"],
            preset: "sphereface-r", values: ["variant": "v1", "norm": "soft", "t": 0.2]),
        Pair(
            custom: [
                "target": "cosine", "others": "cosine", "m": 0.4, "m_others": 0.4, "t": 3, "s": 40,
                "objective": "one-vs-all", "lw": 0.025,
            ],
            preset: "sphereface2"),
        Pair(
            custom: [
                "target": "angle", "beyond_pi": "clamp", "t": 3, "s": 40, "objective": "one-vs-all", "lw": 0.025,
                "gradient": "released",
            ],
            preset: "sphereface2", values: ["variant": "A", "gradient": "released"]),
        Pair(
            custom: ["target": "angle", "amount": "norm", "m": 0.45, "s": 64], preset: "magface",
            values: ["lambda_g": 0]),
        Pair(custom: ["target": "angle", "amount": "random", "s": 64], preset: "elasticface"),
        Pair(custom: ["class_weights": "1:3"], preset: "normface", values: ["class_weights": "1:3"]),
        Pair(custom: ["objective": "squares"], preset: "p2sgrad"),
        Pair(
            custom: ["target": "angle", "m": 0.2, "s": 32, "beyond_pi": "wespeaker", "topk": 5], preset: "inter-topk"),
        Pair(
            custom: ["target": "angle", "m": 0.2, "s": 32, "others": "angle"], preset: "inter-topk",
            values: ["k": 1000, "beyond_pi": "none"]),
    ])
    func theSameSentence(_ pair: Pair) throws {
        let context = HeadContext(classNames: (0..<7).map(String.init))
        let custom = try HeadPreset.custom.head(pair.custom, for: context)
        let preset = try HeadPreset.named(pair.preset).head(pair.values, for: context)
        let problem = Problem.random(batch: 6, classes: 7, dimension: 4, seed: 95)
        let (found, expected) = try (custom.evaluated(problem), preset.evaluated(problem))
        #expect(try abs(found.output.loss.item() - expected.output.loss.item()) < 1e-12)
        #expect(distance(found.features, expected.features) < 1e-12 * max(1, length(expected.features)))
        #expect(distance(found.weights, expected.weights) < 1e-12 * max(1, length(expected.weights)))
        #expect(try abs(custom.initialBias(classCount: 7) - preset.initialBias(classCount: 7)) < 1e-12)
    }
}
