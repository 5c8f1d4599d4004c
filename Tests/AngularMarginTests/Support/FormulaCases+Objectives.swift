import AngularMargin
import Foundation

extension FormulaCase {
    static let binary: [FormulaCase] = [false, true].map { clamped in
        FormulaCase(
            preset: "uniface",
            values: ["s": 8, "m": 0.4, "l": 0.7, "clamped": clamped ? true : false], bias: 1.3,
            formula: { at, _ in
                at.labels.indices.map { i in
                    at.weights.indices.reduce(0) { sum, j in
                        let own = 8 * (at.cosine(i, j) - 0.4)
                        return sum
                            + (j == at.labels[i]
                                ? softplus(-((clamped ? max(-8, own) : own) - at.bias))
                                : 0.7 * softplus(8 * at.cosine(i, j) - at.bias))
                    }
                }
            })
    }

    static let others: [FormulaCase] =
        ["sum", "mean"].map { reduction in
            FormulaCase(
                preset: "p2sgrad", values: ["reduction": .word(reduction)],
                formula: { at, _ in
                    at.labels.indices.map { i in
                        let sum = at.weights.indices.reduce(0) { sum, j in
                            sum + pow(at.cosine(i, j) - (j == at.labels[i] ? 1 : 0), 2)
                        }
                        return sum / (reduction == "mean" ? Double(at.weights.count) : 1)
                    }
                })
        } + [
            FormulaCase(
                preset: "oc-softmax", values: ["alpha": 5, "m0": 0.8, "m1": 0.3],
                formula: { at, _ in
                    at.labels.indices.map { i in
                        let c = at.cosine(i, 0)
                        return softplus(5 * (at.labels[i] == 0 ? 0.8 - c : c - 0.3))
                    }
                }),
            FormulaCase(
                preset: "oc-softmax", values: ["alpha": 5, "m0": 0.8, "m1": 0.3, "bona_fide": "1"],
                formula: { at, _ in
                    at.labels.indices.map { i in
                        let c = at.cosine(i, 0)
                        return softplus(5 * (at.labels[i] == 1 ? 0.8 - c : c - 0.3))
                    }
                }),
        ]
        + [(0.2, true), (1.2, true), (1.2, false), (0, true)].map { mu, clamp in
            FormulaCase(
                preset: "mama", values: ["mu": .number(mu), "tau": 0.25, "clamp": clamp ? true : false],
                formula: { at, _ in
                    func s(_ i: Int, _ j: Int) -> Double {
                        let angle = at.angle(i, j)
                        if i != j { return cos(angle) / 0.25 }
                        return cos(clamp ? max(0, angle - mu) : angle - mu) / 0.25
                    }
                    return at.features.indices.map { i in
                        let row = at.features.indices.map { s(i, $0) }
                        let column = at.features.indices.map { s($0, i) }
                        return crossEntropy(row, i) + crossEntropy(column, i)
                    }
                })
        }
        + [2, 100].map { k in
            FormulaCase(
                preset: "inter-topk",
                values: ["s": 8, "m": 0.2, "k": .number(Double(k)), "m_prime": 0.15, "beyond_pi": "none"],
                formula: topK(k, 0.15, scale: { _, _ in 8 }, target: { cos($0 + 0.2) }))
        }

    private static func topK(
        _ k: Int, _ margin: Double, scale: @escaping @Sendable (FormulaPoint, Int) -> Double,
        target: @escaping @Sendable (Double) -> Double
    ) -> Formula {
        softmax(
            scale: scale, target: { at, _, i, j in target(at.angle(i, j)) },
            others: { at, base, i, j in
                let nearer = base.weights.indices.filter {
                    $0 != base.labels[i] && base.cosine(i, $0) > base.cosine(i, j)
                }
                return nearer.count < k ? cos(at.angle(i, j) - margin) : at.cosine(i, j)
            })
    }

    /// Axes that no published head combines.
    static let combinations: [FormulaCase] = [
        FormulaCase(
            preset: "arcface", values: ["s": 8, "m": 0.3, "virtual": "full"],
            formula: softmax(
                scale: { _, _ in 8 }, target: { at, _, i, j in cos(at.angle(i, j) + 0.3) },
                further: { _, _ in [8] })),
        FormulaCase(
            preset: "cosface", values: ["norm": "none", "m": 0.2, "virtual": "full"],
            formula: softmax(
                scale: { $0.norm($1) }, target: { at, _, i, j in at.cosine(i, j) - 0.2 },
                further: { at, i in [at.norm(i)] })),
        FormulaCase(
            preset: "cosface", values: ["norm": "none", "m": 0.2, "topk": 1, "topk_margin": 0.2],
            formula: topK(1, 0.2, scale: { $0.norm($1) }, target: { cos($0) - 0.2 })),
    ]
}
