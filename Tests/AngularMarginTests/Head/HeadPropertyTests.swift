import AngularMargin
import Foundation
import Testing
import Torch

/// Thousands of random and hostile inputs for every head: a finite loss with finite gradients, or an error.
@Suite struct HeadPropertyTests {
    struct Setting: Sendable, CustomStringConvertible {
        let preset: String
        var values: [String: HeadParameterValue] = [:]
        var description: String { ([preset] + values.map { "\($0.key)=\($0.value)" }.sorted()).joined(separator: " ") }
    }

    static let settings: [Setting] =
        HeadPreset.all.map { Setting(preset: $0.name) } + [
            Setting(preset: "a-softmax", values: ["lambda": 0]),
            Setting(preset: "a-softmax", values: ["norm": "hard", "lambda": 0.1]),
            Setting(preset: "sphereface-r", values: ["variant": "v0", "gradient": "full"]),
            Setting(preset: "sphereface-r", values: ["variant": "v1", "norm": "none", "gradient": "full"]),
            Setting(preset: "sphereface-r", values: ["norm": "soft", "gradient": "full"]),
            Setting(preset: "sphereface2", values: ["variant": "A"]),
            Setting(preset: "sphereface2", values: ["variant": "M", "gradient": "full", "t": 2.5]),
            Setting(preset: "sphereface2", values: ["gradient": "released"]),
            Setting(preset: "elasticface", values: ["variant": "cos", "plus": true]),
            Setting(preset: "elasticface", values: ["plus": true, "sigma": 1]),
            Setting(preset: "uniface", values: ["clamped": true]),
            Setting(preset: "mama", values: ["clamp": false, "mu": 0.5, "tau": 0.01]),
            Setting(preset: "arcface", values: ["virtual": "full", "subcenters": 2, "sample_rate": 0.5]),
            Setting(preset: "cosface", values: ["norm": "none", "topk": 2, "projected": true]),
            Setting(preset: "weighted-softmax", values: ["weight": 0, "mean": "weights", "bias": "class"]),
            Setting(preset: "real-world-weight", values: ["miss_weight": 0, "virtual": "full", "bias": "class"]),
            Setting(
                preset: "custom",
                values: ["objective": "real-world-weight", "critical": "0", "target": "angle", "class_weights": "0:3"]),
            Setting(preset: "uniface", values: ["sample_rate": 0.3, "topk": 1, "regularizer": "exclusive"]),
        ]
        + custom
        + BeyondPi.allCases.map { Setting(preset: "arcface", values: ["beyond_pi": .word($0.rawValue), "m": 1]) }

    /// Combinations that nobody has published, and that make sense.
    private static let custom: [Setting] = ["cosine", "angle", "subtractive", "monotone", "clipped"].flatMap { target in
        [("none", "softmax", "norm"), ("shrunken", "one-vs-all", "random"), ("angle", "squares", "constant")]
            .map { others, objective, amount in
                var values: [String: HeadParameterValue] = [
                    "target": .word(target), "others": .word(others), "objective": .word(objective),
                    "amount": .word(amount),
                ]
                if amount == "norm" { values["u_m"] = 2 }
                if others == "angle" { values["negatives"] = "hard" }
                if target != "monotone", others == "shrunken" { values["t"] = 2.5 }
                return Setting(preset: "custom", values: values)
            }
    }

    private struct Input {
        let features: Tensor
        let weights: Tensor
        let labels: Tensor
        let bias: Tensor?
    }

    private func rows(_ count: Int, _ dimension: Int, near: [[Double]], largest: Double, _ source: inout SplitMix)
        -> [[Double]]
    {
        (0..<count).map { _ in
            let random = (0..<dimension).map { _ in source.normal() }
            let other = near.isEmpty ? random : near[Int(source.next() % UInt64(near.count))]
            let size = max(length(other), 1e-300)
            let magnitude = pow(10, (2 * source.uniform() - 1) * log10(largest) * 0.999)
            func along(_ factor: Double) -> [Double] { other.map { factor * $0 / size } }
            let row =
                switch source.next() % 9 {
                case 0: [Double](repeating: 0, count: dimension)
                case 1: along(magnitude)
                case 2: along(-magnitude)
                case 3: zip(along(1), random).map { ($0 + 1e-4 * $1) * magnitude }
                case 4: zip(along(-1), random).map { ($0 + 1e-8 * $1) * magnitude }
                case 5: random.map { $0 * 1e-40 }
                case 6: random.map { $0 < 0 ? -largest : largest }
                case 7: random.map { $0 > 1 ? magnitude : 0 }
                default: random
                }
            return row.map { min(largest, max(-largest, $0)) }
        }
    }

    private func input(_ head: Head, _ type: ScalarType, _ source: inout SplitMix) throws -> Input {
        let (batch, classes) = (Int(source.next() % 6) + 1, Int(source.next() % 6) + 1)
        let dimension = Int(source.next() % 4) + 1
        let isNormalized: Bool = if case .constant = head.scale { head.similarity == .cosine } else { false }
        let largest = isNormalized ? 1e15 : 1e8
        let kind = head.objective.kind
        let rowCount = kind == .oneClass ? 1 : kind == .contrastive ? batch : classes
        let weights = rows(rowCount * (head.subcenters ?? 1), dimension, near: [], largest: largest, &source)
        let features = rows(batch, dimension, near: weights, largest: largest, &source)
        let labels = (0..<batch).map { row -> Int in
            switch kind {
            case .contrastive: row
            case .oneClass: Int(source.next() % 2)
            // Both ends, and others.
            default: [0, rowCount - 1, Int(source.next() % UInt64(rowCount))][Int(source.next() % 3)]
            }
        }
        let shape = [rowCount] + (head.subcenters.map { [$0] } ?? []) + [dimension]
        let bias = try head.objective.bias.shape(classCount: rowCount).map {
            try Tensor.full($0, head.initialBias(classCount: rowCount), scalarType: type).requireGradient()
        }
        return Input(
            features: try Problem.tensor(features).to(type).detached().requireGradient(),
            weights: try Problem.tensor(weights).reshaped(shape).to(type).detached().requireGradient(),
            labels: try Tensor(labels), bias: bias)
    }

    /// Margins of all classes for CAMRI; others name theirs.
    private func head(
        _ preset: HeadPreset, _ values: [String: HeadParameterValue], classCount: Int
    ) throws -> Head {
        let margins = preset.name == "camri" ? try Tensor((0..<classCount).map { 0.2 / Double($0 + 1) }) : nil
        var values = values
        if preset.needsClasses, margins == nil { values["classes"] = "0" }
        return try preset.head(
            values, for: HeadContext(classNames: (0..<classCount).map(String.init), classMargins: margins))
    }

    @Test(arguments: settings.indices) func finiteOrAnError(index: Int) throws {
        let setting = Self.settings[index]
        let preset = try HeadPreset.named(setting.preset)
        let hasScale = try preset.arguments(setting.values).optionalNumber("s") != nil
        var source = SplitMix(seed: UInt64(900 + index))
        for round in 0..<30 {
            var values = setting.values
            if hasScale, values["objective"] != "squares" { values["s"] = .number([1, 8, 64, 128, 512][round % 5]) }
            var head = try head(preset, values, classCount: 2)
            for type in [ScalarType.float32, .float64] {
                let input = try input(head, type, &source)
                if preset.needsClasses || values["critical"] != nil {
                    head = try self.head(preset, values, classCount: input.weights.size(0))
                }
                let output = try head.evaluate(
                    features: input.features, weights: input.weights, bias: input.bias, labels: input.labels,
                    updatingState: round.isMultiple(of: 2))
                let comment = Comment("\(setting), \(type), round \(round)")
                #expect(try output.loss.isFinite().all() && output.losses.isFinite().all(), comment)
                #expect(try output.meanTargetAngle().isFinite, comment)
                #expect(output.state.names.allSatisfy { output.state[$0].isFinite }, comment)
                let inputs = [input.features, input.weights] + [input.bias].compactMap { $0 }
                for gradient in try gradients(of: [output.loss], withRespectTo: inputs, allowingUnused: true) {
                    #expect(try gradient.isFinite().all(), comment)
                }
            }
        }
    }

    @Test(arguments: settings.indices) func beyondTheRangeIsAnError(index: Int) throws {
        let setting = Self.settings[index]
        let head = try head(HeadPreset.named(setting.preset), setting.values, classCount: 2)
        let rowCount = head.objective.kind == .oneClass ? 1 : 2
        let shape = [rowCount] + (head.subcenters.map { [$0] } ?? []) + [2]
        let count = shape.reduce(1, *)
        let bias = try head.objective.bias.shape(classCount: rowCount).map { try Tensor.zeros($0) }
        for bad in [Double.nan, .infinity, -.infinity, 1e38] {
            for spoilsWeights in [false, true] {
                let features = try Tensor([1, 0.5, 0.25, spoilsWeights ? 1e3 : bad], shape: [2, 2])
                var entries = [Double](repeating: 0.5, count: count)
                entries[count - 1] = spoilsWeights ? bad : 1e3
                let weights = try Tensor(entries, shape: shape)
                #expect(throws: HeadError.self, "\(setting), \(bad)") {
                    try head.evaluate(
                        features: features.to(.float32), weights: weights.to(.float32), bias: bias,
                        labels: Tensor([0, 1]))
                }
            }
        }
    }

    /// A row of zeros has the cosine 0 with everything, and no gradient.
    @Test(arguments: settings.indices) func rowsOfZeros(index: Int) throws {
        let setting = Self.settings[index]
        let head = try head(HeadPreset.named(setting.preset), setting.values, classCount: 2)
        guard head.similarity == .cosine else { return }
        let rowCount = head.objective.kind == .oneClass ? 1 : 2
        let shape = [rowCount] + (head.subcenters.map { [$0] } ?? []) + [2]
        for type in [ScalarType.float32, .float64] {
            let features = try Tensor([0, 0, 0.5, 1], shape: [2, 2]).to(type).detached().requireGradient()
            let count = shape.reduce(1, *)
            // The second class is all zeros.
            let entries = (0..<count).map { index in index < count / rowCount ? Double(index + 1) : 0 }
            let weights = try Tensor(entries, shape: shape).to(type).detached().requireGradient()
            let bias = try head.objective.bias.shape(classCount: rowCount).map { try Tensor.zeros($0) }
            let output = try head.evaluate(features: features, weights: weights, bias: bias, labels: Tensor([0, 1]))
            let found = try gradients(of: [output.loss], withRespectTo: [features, weights])
            #expect(try output.similarities?.reals().prefix(rowCount).allSatisfy { $0 == 0 } == true)
            #expect(try found[0].reals().prefix(2).allSatisfy { $0 == 0 }, "\(setting)")
            #expect(try found.allSatisfy { try $0.isFinite().all() })
            if rowCount == 2 {
                #expect(try found[1].reals().suffix(count / 2).allSatisfy { $0 == 0 }, "\(setting)")
            }
        }
    }
}
