import AngularMargin
import Foundation

// Losses that count more for some classes than for others.

extension FormulaCase {
    static let weighted: [FormulaCase] = byName + asAWhole + realWorld

    private static func inner(_ at: FormulaPoint, _ i: Int) -> [Double] {
        at.weights.map { dot(at.features[i], $0[0]) }
    }

    /// ω_y times a loss; divided by Σ ω_y instead of B where `byWeights`.
    private static func times(
        _ weight: @escaping @Sendable (FormulaPoint, Int) -> Double, byWeights: Bool = false,
        _ loss: @escaping @Sendable (FormulaPoint, Int) -> Double
    ) -> Formula {
        { at, _ in
            let weights = at.labels.map { weight(at, $0) }
            let divisor = byWeights ? weights.reduce(0, +) / Double(at.labels.count) : 1
            return at.labels.indices.map { weights[$0] * loss(at, $0) / divisor }
        }
    }

    private static let plain: @Sendable (FormulaPoint, Int) -> Double = { at, i in
        crossEntropy(inner(at, i), at.labels[i])
    }

    private static let byName: [FormulaCase] = [
        FormulaCase(
            preset: "weighted-softmax", values: ["classes": "1", "weight": 3],
            formula: times({ _, y in y == 1 ? 3 : 1 }, plain)),
        FormulaCase(
            preset: "weighted-softmax", values: ["classes": "0", "class_weights": "1:0.5", "mean": "weights"],
            formula: times({ _, y in [2, 0.5, 1, 1, 1][y] }, byWeights: true, plain)),
        FormulaCase(
            preset: "cosface", values: ["s": 6, "m": 0.2, "class_weights": "0:0.25,1:4"],
            formula: times({ _, y in [0.25, 4, 1, 1, 1][y] }) { at, i in
                crossEntropy(
                    at.weights.indices.map { 6 * (at.cosine(i, $0) - ($0 == at.labels[i] ? 0.2 : 0)) }, at.labels[i])
            }),
        FormulaCase(
            preset: "custom", values: ["s": 6, "class_weights": "1:3", "mean": "weights"],
            formula: times({ _, y in y == 1 ? 3 : 1 }, byWeights: true) { at, i in
                crossEntropy(at.weights.indices.map { 6 * at.cosine(i, $0) }, at.labels[i])
            }),
        FormulaCase(
            preset: "oc-softmax", values: ["alpha": 5, "m0": 0.8, "m1": 0.3, "class_weights": "0:9"],
            formula: times({ _, y in y == 0 ? 9 : 1 }) { at, i in
                let c = at.cosine(i, 0)
                return softplus(5 * (at.labels[i] == 0 ? 0.8 - c : c - 0.3))
            }),
    ]

    private static let asAWhole: [FormulaCase] = [false, true].map { byWeights in
        FormulaCase(
            preset: "weighted-softmax", values: ["mean": byWeights ? "weights" : "samples"],
            classWeights: [0.5, 3, 1, 0.2, 2],
            formula: times({ at, y in at.classWeights[y] }, byWeights: byWeights, plain))
    }

    /// With log(1 − h_k) = log Σ_{j≠k} e^{z_j} − log Σ_j e^{z_j}.
    private static func priced(_ z: [Double], _ y: Int, miss: [Int: Double], falsePositive: [Int: Double]) -> Double {
        falsePositive.filter { $0.key != y && $0.key < z.count }.reduce((miss[y] ?? 1) * crossEntropy(z, y)) {
            sum, price in
            let others = z.indices.filter { $0 != price.key }.map { z[$0] }
            return sum + price.value * (log(total(z)) - log(total(others)))
        }
    }

    private static func total(_ z: [Double]) -> Double { z.reduce(0) { $0 + exp($1) } }

    private static let realWorld: [FormulaCase] = [
        FormulaCase(
            preset: "real-world-weight",
            values: ["classes": "1", "miss_weight": 3, "false_positive_weight": 0.7],
            formula: { at, _ in
                at.labels.indices.map { priced(inner(at, $0), at.labels[$0], miss: [1: 3], falsePositive: [1: 0.7]) }
            }),
        FormulaCase(
            preset: "real-world-weight",
            values: ["classes": .words(["0", "1"]), "miss_weight": 0, "false_positive_weight": 2],
            formula: { at, _ in
                at.labels.indices.map {
                    priced(inner(at, $0), at.labels[$0], miss: [0: 0, 1: 0], falsePositive: [0: 2, 1: 2])
                }
            }),
        FormulaCase(
            preset: "real-world-weight",
            values: ["classes": "0", "virtual": "full"],
            formula: { at, _ in
                at.labels.indices.map { i in
                    let y = at.labels[i]
                    let virtual = length(at.weights[y][0]) * at.norm(i)
                    return priced(inner(at, i) + [virtual], y, miss: [0: 2], falsePositive: [0: 1])
                }
            }),
        FormulaCase(
            preset: "custom",
            values: [
                "objective": "real-world-weight", "critical": "1", "target": "angle", "m": 0.2, "s": 6,
                "class_weights": "0:0.5",
            ],
            formula: { at, _ in
                at.labels.indices.map { i in
                    let y = at.labels[i]
                    let z = at.weights.indices.map { 6 * cos(at.angle(i, $0) + ($0 == y ? 0.2 : 0)) }
                    return (y == 0 ? 0.5 : 1) * priced(z, y, miss: [1: 2], falsePositive: [1: 1])
                }
            }),
    ]
}
