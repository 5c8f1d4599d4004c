import Testing
import Torch

@testable import AngularMargin

/// The streaming evaluation in float32 against the reference in float64.
@Suite struct StreamingTests {
    struct Setting: Sendable, CustomStringConvertible {
        let preset: String
        var values: [String: HeadParameterValue] = [:]
        var description: String { ([preset] + values.map { "\($0.key)=\($0.value)" }.sorted()).joined(separator: " ") }
    }

    private static let served: [Setting] = [
        Setting(preset: "softmax"), Setting(preset: "softmax", values: ["bias": "class"]), Setting(preset: "normface"),
        Setting(preset: "normface", values: ["s": 1]),
        Setting(preset: "sphereface-r", values: ["variant": "v1", "norm": "soft"]),
        Setting(preset: "cosface"), Setting(preset: "cosface", values: ["norm": "none"]),
        Setting(preset: "cosface", values: ["projected": true]), Setting(preset: "arcface"),
        Setting(preset: "arcface", values: ["s": 512]), Setting(preset: "arcface", values: ["virtual": "full"]),
        Setting(preset: "combined"), Setting(preset: "virtual-softmax"),
        Setting(preset: "virtual-softmax", values: ["gradient": "detached"]), Setting(preset: "magface"),
        Setting(preset: "adaface"), Setting(preset: "elasticface"), Setting(preset: "a-softmax"),
        Setting(preset: "sphereface2"), Setting(preset: "sphereface2", values: ["variant": "A"]),
        Setting(preset: "sphereface2", values: ["variant": "M", "t": 1]),
        Setting(preset: "sphereface2", values: ["gradient": "released"]), Setting(preset: "uniface"),
        Setting(preset: "weighted-softmax", values: ["classes": "1", "weight": 5]),
        Setting(preset: "weighted-softmax", values: ["class_weights": "0:0,1:3", "mean": "weights", "bias": "class"]),
        Setting(preset: "uniface", values: ["class_weights": "1:0.25"]),
    ]

    /// Σ σ(z) η′ cos θ, which streams have, is what a scale by norms adds for η = cos θ alone.
    @Test func scalesByNormWithAnotherEtaAreNotStreamed() throws {
        #expect(try HeadPreset.named("sphereface2").head(["norm": "none"]).streamedSummand == nil)
        #expect(try HeadPreset.named("sphereface2").head([:]).streamedSummand != nil)
    }

    private struct Results {
        let losses: [Double]
        let predictions: [Int64]
        let targetCosines: [Double]
        let gradients: [(name: String, values: Tensor)]
        let isStreamed: Bool
    }

    private func run(
        _ head: Head, _ problem: Problem, _ path: EvaluationPath, _ type: ScalarType,
        seed: (HeadOutput) throws -> Tensor
    ) throws -> Results {
        let (features, weights, labels) = try problem.tensors(type)
        let bias = try head.objective.bias.shape(classCount: problem.weights.count).map { shape in
            try Tensor.full(shape, head.initialBias(classCount: problem.weights.count), scalarType: type)
                .requireGradient()
        }
        let sampleWeights = try Tensor((0..<problem.labels.count).map { Float(1 + $0 % 3) })
        let output = try head.evaluate(
            features: features, weights: weights, bias: bias, labels: labels, sampleWeights: sampleWeights, path: path)
        let inputs = [("features", features), ("weights", weights)] + (bias.map { [("bias", $0)] } ?? [])
        let found = try gradients(of: [seed(output)], withRespectTo: inputs.map(\.1))
        return Results(
            losses: try output.losses.reals(), predictions: try output.predictions.elements(),
            targetCosines: try output.targetCosines.reals(), gradients: zip(inputs, found).map { ($0.0, $1) },
            isStreamed: output.logits == nil)
    }

    private func compare(
        _ setting: Setting, _ problem: Problem, seed: (HeadOutput) throws -> Tensor = { $0.loss }
    ) throws {
        let context = HeadContext(classNames: problem.weights.indices.map(String.init))
        let head = try HeadPreset.named(setting.preset).head(setting.values, for: context)
        let found = try run(head, problem, .streaming, .float32, seed: seed)
        let expected = try run(head, problem, .reference, .float64, seed: seed)
        // Next to cos θ = 1, float32 has few digits, whatever the way.
        let plain = try run(head, problem, .reference, .float32, seed: seed)
        #expect(found.isStreamed && !expected.isStreamed)
        #expect(found.predictions == expected.predictions)
        let s = head.scale.typical
        for ((one, other), plain) in zip(zip(found.losses, expected.losses), plain.losses) {
            let allowed = max(2e-6 * max(1, other) + 4 * s * 0x1p-24, 2 * abs(plain - other))
            #expect(abs(one - other) <= allowed, "\(setting)")
        }
        for (one, other) in zip(found.targetCosines, expected.targetCosines) { #expect(abs(one - other) < 1e-6) }
        for ((one, other), plain) in zip(zip(found.gradients, expected.gradients), plain.gradients) {
            func distance(_ values: Tensor) throws -> Double {
                try (values.to(.float64) - other.values).norm([]).item()
            }
            let size = try other.values.norm([]).item()
            let allowed = try max(1e-5 * max(1, s / 16) * size + 1e-7, 2 * distance(plain.values))
            let found = try distance(one.values)
            #expect(found <= allowed, "\(one.name) of \(setting): \(found / size)")
        }
    }

    /// Several tiles, the last one short; more classes than samples, and labels at both ends.
    @Test(arguments: served)
    func agreesWithTheReference(_ setting: Setting) throws {
        var problem = Problem.random(batch: 21, classes: ClassStream.tileSize * 2 + 37, dimension: 19, seed: 5)
        problem.labels[0] = 0
        problem.labels[1] = problem.weights.count - 1
        problem.labels[2] = problem.labels[1]
        // Some are near their own class, one is on it.
        for row in 3..<8 {
            problem.features[row] = zip(problem.weights[problem.labels[row]], problem.features[row]).map {
                $0 + 0.3 * $1
            }
        }
        problem.features[8] = problem.weights[problem.labels[8]].map { 2 * $0 }
        try compare(setting, problem)
    }

    @Test(arguments: served)
    func fewClassesAndManySamples(_ setting: Setting) throws {
        try compare(setting, Problem.random(batch: 40, classes: 2, dimension: 7, seed: 6))
        try compare(setting, Problem.random(batch: 1, classes: 3, dimension: 5, seed: 7))
        try compare(setting, Problem.random(batch: 33, classes: 17, dimension: 3, seed: 8))
    }

    /// The gradients that are kept are those of the loss itself; others are computed when they are asked for.
    @Test(arguments: [served[5], served[18]])
    func otherSeedsAreComputedAnew(_ setting: Setting) throws {
        let problem = Problem.random(batch: 12, classes: 70, dimension: 9, seed: 9)
        let weights = try Tensor((0..<12).map { Double($0 * $0) - 20 })
        try compare(setting, problem) { try ($0.losses * weights.to($0.losses.scalarType)).sum() }
        try compare(setting, problem) { try $0.loss * 3 }
        try compare(setting, problem) { try $0.loss + $0.losses.sum() }
        try compare(setting, problem) { try ($0.losses * 0).sum() }
    }

    /// Logits may lie anywhere within a quarter of the type's range, all of them below any number that stands for none.
    @Test func logitsFarBelowZero() throws {
        let head = try HeadPreset.named("softmax").head(["bias": "class"])
        let (features, weights, labels) = try Problem.random(batch: 6, classes: 50, dimension: 9, seed: 2).tensors(
            .float32)
        let bias = try Tensor.full([50], -1e31)
        func output(_ path: EvaluationPath) throws -> HeadOutput {
            try head.evaluate(features: features, weights: weights, bias: bias, labels: labels, path: path)
        }
        let (found, expected) = (try output(.streaming), try output(.reference))
        #expect(try found.predictions.elements(as: Int64.self) == expected.predictions.elements(as: Int64.self))
        // At most ln 50: the spacing of such logits is far above any loss.
        #expect(try found.losses.reals().allSatisfy { (0...4).contains($0) })
    }

    @Test(arguments: [served[5], served[18]])
    func aSecondBackwardPassGivesTheSame(_ setting: Setting) throws {
        let head = try HeadPreset.named(setting.preset).head(setting.values)
        let (features, weights, labels) = try Problem.random(batch: 6, classes: 50, dimension: 9, seed: 4).tensors(
            .float32)
        let bias = try head.objective.bias.shape(classCount: 50).map { try Tensor.zeros($0) }
        let loss = try head.evaluate(
            features: features, weights: weights, bias: bias, labels: labels, path: .streaming
        ).loss
        let first = try gradients(of: [loss], withRespectTo: [features, weights], retainingGraph: true)
        let second = try gradients(of: [loss], withRespectTo: [features, weights])
        for (one, other) in zip(first, second) { #expect(try one.reals() == other.reals()) }
    }

    @Test(arguments: [served[5], served[12], served[18]])
    func gradientsHaveGradients(_ setting: Setting) throws {
        let head = try HeadPreset.named(setting.preset).head(setting.values)
        let problem = Problem.random(batch: 6, classes: 20, dimension: 9, seed: 3)
        func second(_ path: EvaluationPath) throws -> [Tensor] {
            let (features, weights, labels) = try problem.tensors(.float32)
            let bias = try head.objective.bias.shape(classCount: 20).map { try Tensor.zeros($0) }
            let loss = try head.evaluate(
                features: features, weights: weights, bias: bias, labels: labels, path: path
            ).loss
            let first = try gradients(of: [loss], withRespectTo: [features, weights], creatingGraph: true)
            return try gradients(
                of: [first[0].squared().sum() + first[1].squared().sum()], withRespectTo: [features, weights])
        }
        for (one, other) in zip(try second(.streaming), try second(.reference)) {
            #expect(try (one - other).norm([]).item() <= 1e-4 * other.norm([]).item())
        }
    }

    /// Without memory for what the second product leaves, the first one is done again.
    @Test func computingAgainGivesTheSame() throws {
        let problem = Problem.random(batch: 13, classes: ClassStream.tileSize + 900, dimension: 12, seed: 2)
        let (features, weights, labels) = try problem.tensors(.float32)
        func run(_ limit: Int) throws -> ClassStream.Gradients {
            var stream = ClassStream(
                summand: .exponential, features: try features.detached(), weights: try weights.detached(),
                scales: [Float](repeating: 9, count: 13), bias: nil,
                columns: try labels.elements(as: Int64.self).map { Int($0) }, isNormalized: true,
                convention: .differentiated)
            stream.storeLimit = limit
            let result = try stream.run { sums, _ in
                .init(sums: sums.map { Float($0) / 10 }, masses: sums, own: [Float](repeating: 0.1, count: 13))
            }
            return try #require(result.gradients)
        }
        let (stored, again) = (try run(.max), try run(0))
        func scaled(_ found: ClassStream.Gradients) throws -> Tensor {
            try found.sums * Tensor(found.factors).unsqueezed(1)
        }
        let ofWeights = (try #require(stored.weights), try #require(again.weights))
        for (one, other) in try [(scaled(stored), scaled(again)), ofWeights] {
            #expect(try (one - other).norm([]).item() <= 2e-6 * other.norm([]).item())
        }
    }

    /// Rows whose logits rise by hundreds from tile to tile, so that what was summed up before counts no more.
    @Test func logitsMayRiseFromTileToTile() throws {
        var problem = Problem.random(batch: 9, classes: ClassStream.tileSize * 3, dimension: 11, seed: 1)
        for row in problem.weights.indices {
            let push = Double(row / ClassStream.tileSize) / 2
            problem.weights[row] = zip(problem.weights[row], problem.features[row % 9]).map {
                $0 * (1 - push) + $1 * push
            }
        }
        try compare(Setting(preset: "normface", values: ["s": 300]), problem)
    }

    /// Amounts that are learned have gradients of their own: such a head goes the plain way by itself.
    @Test func learnedMarginsKeepTheirGradients() throws {
        let (features, weights, labels) = try Problem.random(batch: 40, classes: 500, dimension: 5, seed: 1)
            .tensors(.float32)
        let amounts = try Tensor.full([500], 0.3).requireGradient()
        func head(_ amount: MarginAmount) -> Head { Head(scale: .constant(20), target: AdditiveAngularMargin(amount)) }
        func output(_ amount: MarginAmount, _ path: EvaluationPath) throws -> HeadOutput {
            try head(amount).evaluate(features: features, weights: weights, labels: labels, path: path)
        }
        let found = try gradient(of: output(.perClass(amounts), .automatic).loss, withRespectTo: amounts)
        let expected = try gradient(of: output(.perClass(amounts), .reference).loss, withRespectTo: amounts)
        #expect(try found.reals() == expected.reals() && found.norm([]).item() > 0)
        #expect(throws: HeadError.notStreamed) { try output(.perClass(amounts), .streaming) }
        #expect(try withoutGradients { try output(.perClass(amounts), .streaming).logits } == nil)
        #expect(try output(.perClass(amounts.detached()), .streaming).logits == nil)
    }

    @Test func whatIsNotServedIsSaid() throws {
        let problem = Problem.random(batch: 4, classes: 5, dimension: 3, seed: 1)
        for name in ["curricularface", "subcenter-arcface", "inter-topk", "sphereface-r", "p2sgrad"] {
            let head = try HeadPreset.named(name).head([:])
            let (features, weights, labels) = try problem.tensors(.float32)
            #expect(throws: HeadError.self, "\(name)") {
                try head.evaluate(features: features, weights: weights, labels: labels, path: .streaming)
            }
        }
        let priced = try HeadPreset.named("real-world-weight").head(
            ["classes": "1"], for: HeadContext(classNames: (0..<5).map(String.init)))
        let (x32, w32, y32) = try problem.tensors(.float32)
        #expect(throws: HeadError.notStreamed) {
            try priced.evaluate(features: x32, weights: w32, labels: y32, path: .streaming)
        }
        let head = try HeadPreset.named("arcface").head([:])
        let (features, weights, labels) = try problem.tensors(.float64)
        #expect(throws: HeadError.notStreamed) {
            try head.evaluate(features: features, weights: weights, labels: labels, path: .streaming)
        }
        // Rows of zeros, and lengths that float32 barely holds, go the other way by themselves.
        var degenerate = Problem.random(batch: 40, classes: 500, dimension: 3, seed: 1)
        degenerate.weights[7] = [0, 0, 0]
        let (x, w, y) = try degenerate.tensors(.float32)
        #expect(try head.evaluate(features: x, weights: w, labels: y).logits != nil)
    }
}
