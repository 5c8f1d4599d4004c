import Torch

/// The minimum of f(θ) = (1/n) Σ ℓ(yᵢ θ·xᵢ) + (μ/2)‖θ‖², which is unique.
///
/// With scikit-learn's objective ½‖θ‖² + C Σ ℓ it agrees for C = 1/(nμ), without intercept.
public struct LinearFit: Sendable {
    public let coefficients: [Double]
    /// ‖∇f‖ where the optimiser stopped; the minimum is no further away than this over μ.
    public let gradientNorm: Double
    public let stepCount: Int

    /// Newton's method with halved steps; the smoothed hinge's second derivative jumps, and there it is the
    /// semismooth Newton method, which ends as well since f is strongly convex.
    ///
    /// Rows are passed in blocks, so that no second matrix of their size is needed.
    ///
    /// - Parameters:
    ///   - regularization: μ > 0.
    ///   - tolerance: the gradient norm to reach.
    /// - Throws: ``AuditError`` if it cannot be reached in 200 steps.
    public init(
        _ rows: TrainingRows, loss: LinearLoss, regularization: Double, tolerance: Double = Self.usualTolerance
    ) throws {
        let objective = LinearObjective(rows: rows, loss: loss, regularization: regularization)
        var point = [Double](repeating: 0, count: rows.featureCount)
        var state = try objective.expansion(at: point)
        var steps = 0
        search: while state.gradientNorm > tolerance, steps < 200 {
            steps += 1
            let direction = try state.newtonDirection()
            let slope = zip(state.gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
            var length = 1.0
            while length > 1e-12 {
                let next = zip(point, direction).map { $0 + length * $1 }
                let trial = try objective.expansion(at: next)
                // Near the minimum the value's rounding hides its fall; the gradient's does not.
                if trial.value <= state.value + 1e-4 * length * slope || trial.gradientNorm < 0.5 * state.gradientNorm {
                    (point, state) = (next, trial)
                    continue search
                }
                length /= 2
            }
            break
        }
        guard state.gradientNorm <= tolerance else {
            throw AuditError(
                "the model's fit stopped at a gradient of norm \(state.gradientNorm), above \(tolerance); "
                    + "scale the features, clip them to a smaller norm, or raise mu")
        }
        coefficients = point
        gradientNorm = state.gradientNorm
        stepCount = steps
    }

    /// Far below what any sensitivity of interest notices, and above the rounding of a million rows.
    public static let usualTolerance = 1e-10
}
