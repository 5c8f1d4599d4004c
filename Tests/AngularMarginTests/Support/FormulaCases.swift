import AngularMargin
import Foundation

extension FormulaCase {
    static let all: [FormulaCase] =
        annealed + virtual + perClass + adaptive + subcenters + binary + others + combinations + weighted

    /// Cross-entropy of scale · (ψ at the own class, η elsewhere); both take sample, class and cosine.
    static func softmax(
        scale: @escaping @Sendable (FormulaPoint, Int) -> Double,
        target: @escaping @Sendable (FormulaPoint, FormulaPoint, Int, Int) -> Double = { at, _, i, j in at.nearest(i, j)
        },
        others: @escaping @Sendable (FormulaPoint, FormulaPoint, Int, Int) -> Double = { at, _, i, j in at.nearest(i, j)
        },
        further: @escaping @Sendable (FormulaPoint, Int) -> [Double] = { _, _ in [] }
    ) -> Formula {
        { at, base in
            at.labels.indices.map { i in
                let z = at.weights.indices.map { j in
                    scale(at, i) * (j == at.labels[i] ? target(at, base, i, j) : others(at, base, i, j))
                }
                return crossEntropy(z + further(at, i), at.labels[i])
            }
        }
    }

    static func monotone(_ m: Double, _ angle: Double) -> Double {
        let k = floor(m * angle / .pi)
        return (k.truncatingRemainder(dividingBy: 2) == 0 ? 1 : -1) * cos(m * angle) - 2 * k
    }

    private static let annealed: [FormulaCase] = [
        (["m": 3, "lambda": 0.5], [:], 0.5, 3), (["m": 4, "lambda": 0], [:], 0, 4), (["m": 2.5], [.step: 7000], 5, 2.5),
        (["m": 3, "lambda_base": 100, "lambda_min": 0, "gamma": 0.5, "power": 2], [.step: 6], 100.0 / 16, 3),
    ].map { (values: [String: HeadParameterValue], state: [HeadState.Name: Double], lambda: Double, m: Double) in
        FormulaCase(
            preset: "a-softmax", values: values, state: state,
            formula: softmax(
                scale: { $0.norm($1) },
                target: { at, _, i, j in
                    (lambda * at.nearest(i, j) + monotone(m, at.angle(i, j))) / (1 + lambda)
                }))
    }

    private static let virtual: [FormulaCase] = [false, true].map { detached in
        FormulaCase(
            preset: "virtual-softmax", values: ["gradient": detached ? "detached" : "full"],
            formula: { at, base in
                at.labels.indices.map { i in
                    let own = (detached ? base : at).weights[at.labels[i]][0]
                    let z = at.weights.map { dot(at.features[i], $0[0]) }
                    return crossEntropy(z + [length(own) * at.norm(i)], at.labels[i])
                }
            })
    }

    private static let perClass: [FormulaCase] = [
        FormulaCase(
            preset: "camri", values: ["s": 8, "m": 0.3, "classes": "1"],
            formula: softmax(
                scale: { _, _ in 8 }, target: { at, _, i, j in cos(at.angle(i, j) + (j == 1 ? 0.3 : 0)) })),
        FormulaCase(
            preset: "camri", values: ["s": 8, "m": 0.3, "classes": "0", "margins": "2:0.1"],
            formula: softmax(
                scale: { _, _ in 8 },
                target: { at, _, i, j in cos(at.angle(i, j) + (j == 0 ? 0.3 : j == 2 ? 0.1 : 0)) })),
        FormulaCase(
            preset: "camri", values: ["s": 8], margins: [0.2, 0, 0.5, 0.1, 0.3],
            formula: softmax(
                scale: { _, _ in 8 }, target: { at, _, i, j in cos(at.angle(i, j) + at.margins[j]) })),
    ]

    private static func curricular(_ detached: Bool, _ t: Double) -> FormulaCase {
        FormulaCase(
            preset: "curricularface", values: ["s": 6, "m": 0.5, "gradient": detached ? "detached" : "full"],
            state: [.t: t],
            formula: { at, base in
                at.labels.indices.map { i in
                    let y = at.labels[i]
                    func logit(_ point: FormulaPoint, _ j: Int) -> Double {
                        let (own, c) = (point.angle(i, y), point.cosine(i, j))
                        if j == y { return own < .pi - 0.5 ? cos(own + 0.5) : cos(own) - 0.5 * sin(0.5) }
                        return c > cos(own + 0.5) ? c * (t + c) : c
                    }
                    let z = at.weights.indices.map { j in
                        6 * (detached ? at.cosine(i, j) + logit(base, j) - base.cosine(i, j) : logit(at, j))
                    }
                    return crossEntropy(z, y)
                }
            })
    }

    private static let magFace = FormulaCase(
        preset: "magface",
        values: ["s": 6, "l_a": 1, "u_a": 2.5, "l_m": 0.3, "u_m": 0.7, "lambda_g": 3],
        formula: { at, _ in
            at.labels.indices.map { i in
                let a = min(2.5, max(1, at.norm(i)))
                let m = 0.3 + 0.4 * (a - 1) / 1.5
                let z = at.weights.indices.map { j in
                    6 * (j == at.labels[i] ? cos(at.angle(i, j) + m) : at.cosine(i, j))
                }
                return crossEntropy(z, at.labels[i]) + 3 * (a / (2.5 * 2.5) + 1 / a)
            }
        })

    private static let adaFace = FormulaCase(
        preset: "adaface", values: ["s": 6, "m": 0.4, "h": 0.8], state: [.mean: 1.5, .std: 0.5],
        formula: softmax(
            scale: { _, _ in 6 },
            target: { at, base, i, j in
                let u = min(1, max(-1, 0.8 * (base.norm(i) - 1.5) / (0.5 + 1e-3)))
                return cos(min(.pi, max(0, at.angle(i, j) - 0.4 * u))) - (0.4 + 0.4 * u)
            }))

    private static let adaptive = [
        curricular(false, 0.3), curricular(true, 0.7), curricular(false, 0), magFace, adaFace,
    ]

    private static let subcenters: [FormulaCase] =
        [2, 3].map { k in
            FormulaCase(
                preset: "subcenter-arcface", values: ["s": 8, "m": 0.4, "k": .number(Double(k))], centers: k,
                formula: softmax(
                    scale: { _, _ in 8 }, target: { at, _, i, j in cos(at.angle(i, j) + 0.4) }))
        } + [
            FormulaCase(
                preset: "cosface", values: ["s": 8, "m": 0.2, "subcenters": 2], centers: 2,
                formula: softmax(scale: { _, _ in 8 }, target: { at, _, i, j in at.nearest(i, j) - 0.2 })),
            FormulaCase(
                preset: "sphereface2", values: ["r": 8, "m": 0.2, "t": 2, "lambda": 0.6, "subcenters": 2], centers: 2,
                bias: 0.7,
                formula: { at, _ in
                    at.labels.indices.map { i in
                        at.weights.indices.reduce(0) { sum, j in
                            let g = 2 * pow((at.nearest(i, j) + 1) / 2, 2) - 1
                            return sum
                                + (j == at.labels[i]
                                    ? 0.6 * softplus(-8 * (g - 0.2) - at.bias)
                                    : 0.4 * softplus(8 * (g + 0.2) + at.bias)) / 8
                        }
                    }
                }),
        ]
}
