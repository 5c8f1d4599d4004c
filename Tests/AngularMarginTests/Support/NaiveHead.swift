import AngularMargin
import Foundation

/// The heads written a second time: plain numbers, loops and arc cosines, straight from the formulas.
struct NaiveHead: Sendable {
    enum Kind: Sendable {
        case softmax
        case additive(s: Double, target: @Sendable (Double) -> Double)
        case sphereFaceR(variant: String, norm: String, s: Double, m: Double, t: Double)
        case sphereFace2(variant: String, lambda: Double, r: Double, t: Double, m: Double, bias: Double)
    }

    let kind: Kind
    /// ∂z/∂cos θ is taken without the margin.
    var isDetached = false

    func loss(_ problem: Problem) -> Double {
        problem.features.indices.map { loss(problem, row: $0) }.reduce(0, +) / Double(problem.features.count)
    }

    private func loss(_ problem: Problem, row: Int) -> Double {
        let z = logits(problem, row: row)
        let y = problem.labels[row]
        switch kind {
        case .sphereFace2(_, let lambda, let r, _, _, _):
            return z.indices.reduce(0) { sum, j in
                sum + (j == y ? lambda * softplus(-z[j]) : (1 - lambda) * softplus(z[j]))
            } / r
        case .sphereFaceR(_, "soft", let s, _, let t):
            return crossEntropy(z, y) + t * abs(length(problem.features[row]) - s)
        default:
            return crossEntropy(z, y)
        }
    }

    private func logits(_ problem: Problem, row: Int) -> [Double] {
        let x = problem.features[row]
        return problem.weights.enumerated().map { j, w in
            let isTarget = j == problem.labels[row]
            let cosine = cosine(x, w)
            let angle = acos(min(1, max(-1, cosine)))
            switch kind {
            case .softmax: return dot(x, w)
            case .additive(let s, let target): return s * (isTarget ? target(angle) : cosine)
            case .sphereFaceR(let variant, let norm, let s, let m, _):
                let value =
                    switch (variant, isTarget) {
                    case ("v0", true):
                        pow(-1, floor(m * angle / .pi)) * cos(m * angle) - 2 * floor(m * angle / .pi)
                    case ("v1", true): cos(min(.pi, m * angle))
                    case ("v2", false): cos(angle / m)
                    default: cosine
                    }
                return (norm == "hard" ? s : length(x)) * value
            case .sphereFace2(let variant, _, let r, let t, let m, let bias):
                let g = { (z: Double) in 2 * pow((z + 1) / 2, t) - 1 }
                let value =
                    switch (variant, isTarget) {
                    case ("C", true): g(cosine) - m
                    case ("C", false): g(cosine) + m
                    case ("A", true): g(cos(min(.pi, angle + m)))
                    case ("M", true): g(cos(min(.pi, angle * m)))
                    default: g(cosine)
                    }
                return r * value + bias
            }
        }
    }

    /// The gradients of the features and of the weights, row by row after one another.
    func gradients(_ problem: Problem) -> (features: [Double], weights: [Double]) {
        isDetached ? explicitGradients(problem) : differences(problem)
    }

    private func differences(_ problem: Problem) -> (features: [Double], weights: [Double]) {
        let h = 1e-6
        func slopes(_ path: WritableKeyPath<Problem, [[Double]]>) -> [Double] {
            problem[keyPath: path].indices.flatMap { row in
                problem[keyPath: path][row].indices.map { column in
                    var (up, down) = (problem, problem)
                    up[keyPath: path][row][column] += h
                    down[keyPath: path][row][column] -= h
                    return (loss(up) - loss(down)) / (2 * h)
                }
            }
        }
        return (slopes(\.features), slopes(\.weights))
    }

    /// ∂ℓ/∂x = (1/‖x‖) Σ G(ŵ − c x̂) and so on, with G = ∂ℓ/∂z · ρ · (slope without margin), and the
    /// radial part where ρ is the norm.
    private func explicitGradients(_ problem: Problem) -> (features: [Double], weights: [Double]) {
        var features = problem.features.map { $0.map { _ in 0.0 } }
        var weights = problem.weights.map { $0.map { _ in 0.0 } }
        for (i, x) in problem.features.enumerated() {
            let z = logits(problem, row: i)
            let (scale, slope, byLogit) = chain(problem, row: i, logits: z)
            for (j, w) in problem.weights.enumerated() {
                let c = cosine(x, w)
                let g = byLogit[j] * scale * slope(c) / Double(problem.features.count)
                for k in x.indices {
                    let (xk, wk) = (x[k] / length(x), w[k] / length(w))
                    features[i][k] += g * (wk - c * xk) / length(x)
                    weights[j][k] += g * (xk - c * wk) / length(w)
                    if case .sphereFaceR(_, "none", _, _, _) = kind {
                        features[i][k] += byLogit[j] * z[j] / length(x) * xk / Double(problem.features.count)
                    }
                }
            }
        }
        return (features.flatMap { $0 }, weights.flatMap { $0 })
    }

    private func chain(
        _ problem: Problem, row: Int, logits z: [Double]
    ) -> (scale: Double, slope: (Double) -> Double, byLogit: [Double]) {
        let y = problem.labels[row]
        switch kind {
        case .sphereFace2(_, let lambda, let r, let t, _, _):
            let byLogit = z.indices.map { j in
                j == y ? -lambda / (1 + exp(z[j])) : (1 - lambda) / (1 + exp(-z[j]))
            }
            return (1, { t * pow(($0 + 1) / 2, t - 1) }, byLogit.map { $0 * r / r })
        case .additive(let s, _):
            return (s, { _ in 1 }, softmaxErrors(z, y))
        case .sphereFaceR(_, let norm, let s, _, _):
            return (norm == "hard" ? s : length(problem.features[row]), { _ in 1 }, softmaxErrors(z, y))
        case .softmax:
            fatalError("a softmax has no margin to detach")
        }
    }
}

private func cosine(_ first: [Double], _ second: [Double]) -> Double {
    dot(first, second) / (length(first) * length(second))
}

/// p − δ.
private func softmaxErrors(_ z: [Double], _ y: Int) -> [Double] {
    z.indices.map { j in exp(-crossEntropy(z, j)) - (j == y ? 1 : 0) }
}
