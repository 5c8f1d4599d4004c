import Torch

/// f(θ) = (1/n) Σ ℓ(yᵢ θ·xᵢ) + (μ/2)‖θ‖², with its derivatives.
struct LinearObjective {
    let rows: TrainingRows
    let loss: LinearLoss
    let regularization: Double

    private static let blockSize = 16_384

    /// f, ∇f and ∇²f at a point.
    struct Expansion {
        var value: Double
        var gradient: [Double]
        /// float64 [features, features]
        var hessian: Tensor

        var gradientNorm: Double { gradient.reduce(0) { $0 + $1 * $1 }.squareRoot() }

        private static let solveOperator = Operator("aten::linalg_solve")

        /// −(∇²f)⁻¹ ∇f
        func newtonDirection() throws -> [Double] {
            let solution = try Self.solveOperator(hessian, Tensor(gradient), true)
            return try solution.reals().map { -$0 }
        }
    }

    func expansion(at point: [Double]) throws -> Expansion {
        let count = rows.rowCount
        let weights = try Tensor(point, shape: [point.count, 1])
        let hessian = try Tensor.identity(point.count, scalarType: .float64)
        try hessian.multiply(by: regularization)
        let gradient = try Tensor(point.map { $0 * regularization }, shape: [point.count, 1])
        var value = regularization / 2 * point.reduce(0) { $0 + $1 * $1 }
        for start in stride(from: 0, to: count, by: Self.blockSize) {
            let range = start..<min(start + Self.blockSize, count)
            let block = try rows.features.sliced(range)
            let scores: [Double] = try block.matmul(weights).reshaped([range.count]).elements()
            var slopes = scores
            var curvatures = scores
            var sum = 0.0
            for (place, row) in range.enumerated() {
                let sign = rows.isPositive[row] ? 1.0 : -1.0
                let at = loss.derivatives(sign * scores[place])
                sum += at.value
                slopes[place] = sign * at.first / Double(count)
                curvatures[place] = at.second / Double(count)
            }
            value += sum / Double(count)
            let transposed = try block.transposed()
            try gradient.add(transposed.matmul(Tensor(slopes, shape: [range.count, 1])))
            let weighted = try block * Tensor(curvatures, shape: [range.count, 1])
            try hessian.add(transposed.matmul(weighted))
        }
        return Expansion(value: value, gradient: try gradient.reals(), hessian: hessian)
    }
}
