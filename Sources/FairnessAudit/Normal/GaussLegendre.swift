import Foundation

/// Gauss and Legendre's rule, exact for polynomials up to degree 2n − 1.
struct GaussLegendre: Sendable {
    /// In (−1, 1).
    let nodes: [Double]
    let weights: [Double]

    static let ten = GaussLegendre(count: 10)
    static let twenty = GaussLegendre(count: 20)

    /// The nodes are the zeros of the Legendre polynomial Pₙ, found by Newton's method from Tricomi's approximation;
    /// the weights are 2 / ((1 − x²) Pₙ′(x)²).
    init(count: Int) {
        var (nodes, weights): ([Double], [Double]) = ([], [])
        for place in 0..<count {
            var x = cos(.pi * (Double(place) + 0.75) / (Double(count) + 0.5))
            var slope = 0.0
            for _ in 0..<100 {
                // (m + 1) Pₘ₊₁ = (2m + 1) x Pₘ − m Pₘ₋₁
                var (before, value) = (1.0, x)
                for m in 1..<count {
                    let next = (Double(2 * m + 1) * x * value - Double(m) * before) / Double(m + 1)
                    (before, value) = (value, next)
                }
                slope = Double(count) * (x * value - before) / (x * x - 1)
                let step = value / slope
                x -= step
                if abs(step) < 1e-16 { break }
            }
            nodes.append(x)
            weights.append(2 / ((1 - x * x) * slope * slope))
        }
        self.nodes = nodes
        self.weights = weights
    }

    @inline(__always)
    func integral(_ start: Double, _ end: Double, _ function: (Double) -> Double) -> Double {
        let (centre, half) = ((start + end) / 2, (end - start) / 2)
        var sum = 0.0
        for place in nodes.indices { sum += weights[place] * function(centre + half * nodes[place]) }
        return sum * half
    }
}
