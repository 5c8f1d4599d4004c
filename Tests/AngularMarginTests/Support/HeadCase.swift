import AngularMargin
import Foundation
import Testing
import Torch

/// A preset with its values, and the same head written a second time.
struct HeadCase: Sendable, CustomTestStringConvertible {
    let preset: String
    let values: [String: HeadParameterValue]
    let naive: NaiveHead

    var testDescription: String {
        ([preset] + values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
    }

    func head() throws -> Head { try HeadPreset.named(preset).head(values) }

    static let all: [HeadCase] =
        [HeadCase(preset: "softmax", values: [:], naive: NaiveHead(kind: .softmax))]
        + additive + combined + sphereFaceR + sphereFace2

    /// Without those whose value or slope jumps somewhere.
    static let smooth = all.filter { !["arcface", "wespeaker", "easy"].contains($0.values["beyond_pi"]) }

    private static let additive: [HeadCase] =
        [1.0, 30, 512].map { s in
            HeadCase(
                preset: "normface", values: ["s": .number(s)],
                naive: NaiveHead(kind: .additive(s: s) { cos($0) }))
        } + [
            HeadCase(
                preset: "cosface", values: ["s": 64, "m": 0.35],
                naive: NaiveHead(kind: .additive(s: 64) { cos($0) - 0.35 }))
        ]
        + BeyondPi.allCases.flatMap { policy in
            [false, true].map { detached in
                HeadCase(
                    preset: "arcface",
                    values: [
                        "s": 16, "m": 0.5, "beyond_pi": .word(policy.rawValue),
                        "gradient": detached ? "detached" : "full",
                    ],
                    naive: NaiveHead(
                        kind: .additive(s: 16) { shifted($0, by: 0.5, policy) }, isDetached: detached))
            }
        }

    private static let combined: [HeadCase] = [(1.2, 0.3, 0.2), (2, 0, 0), (1, 0.1, 0.4)].map { m1, m2, m3 in
        HeadCase(
            preset: "combined", values: ["s": 20, "m1": .number(m1), "m2": .number(m2), "m3": .number(m3)],
            naive: NaiveHead(kind: .additive(s: 20) { cos(m1 * $0 + m2) - m3 }))
    }

    private static let sphereFaceR: [HeadCase] = ["v0", "v1", "v2"].flatMap { variant in
        ["hard", "none", "soft"].flatMap { norm in
            [false, true].compactMap { detached -> HeadCase? in
                // The explicit formula leaves out the soft norm's penalty; its detached gradient is
                // compared with PyTorch's.
                if norm == "soft", detached { return nil }
                var values: [String: HeadParameterValue] = [
                    "variant": .word(variant), "norm": .word(norm), "m": 1.6,
                    "gradient": detached ? "detached" : "full",
                ]
                if norm != "none" { values["s"] = 12 }
                if norm == "soft" { values["t"] = 0.05 }
                return HeadCase(
                    preset: "sphereface-r", values: values,
                    naive: NaiveHead(
                        kind: .sphereFaceR(variant: variant, norm: norm, s: 12, m: 1.6, t: 0.05),
                        isDetached: detached))
            }
        }
    }

    static let bias = 1.5

    private static let sphereFace2: [HeadCase] = [("C", 0.3), ("A", 0.4), ("M", 1.5)].flatMap { variant, m in
        [false, true].map { detached in
            HeadCase(
                preset: "sphereface2",
                values: [
                    "variant": .word(variant), "r": 20, "m": .number(m), "t": 2.5, "lambda": 0.6,
                    "gradient": detached ? "detached" : "full",
                ],
                naive: NaiveHead(
                    kind: .sphereFace2(variant: variant, lambda: 0.6, r: 20, t: 2.5, m: m, bias: bias),
                    isDetached: detached))
        }
    }
}

private func shifted(_ angle: Double, by m: Double, _ policy: BeyondPi) -> Double {
    switch policy {
    case .none: cos(angle + m)
    case .clamp: cos(min(.pi, angle + m))
    case .arcface: angle + m < .pi ? cos(angle + m) : cos(angle) - m * sin(m)
    case .wespeaker: angle + m < .pi ? cos(angle + m) : cos(angle) - (1 + cos(.pi - m))
    case .easy: cos(angle) > 0 ? cos(angle + m) : cos(angle)
    }
}

extension Head {
    /// The loss and gradients of a problem, with ``HeadCase/bias`` where the objective has one.
    func evaluated(
        _ problem: Problem, _ type: ScalarType = .float64, bias: Double = HeadCase.bias
    ) throws -> (output: HeadOutput, features: [Double], weights: [Double]) {
        let (features, weights, labels) = try problem.tensors(type)
        let bias = objective.bias == .shared ? try Tensor([bias]) : nil
        let output = try evaluate(features: features, weights: weights, bias: bias, labels: labels)
        let found = try gradients(of: [output.loss], withRespectTo: [features, weights])
        return (output, try found[0].reals(), try found[1].reals())
    }
}
