import Foundation

/// Two standard normal variables X and Y with correlation ρ.
public enum BivariateNormal {
    /// Φ₂(h, k; ρ) = P(X ≤ h, Y ≤ k), to an absolute error below 1e-12.
    ///
    /// - Parameters:
    ///   - h: infinite values are allowed.
    ///   - k: infinite values are allowed.
    ///   - correlation: −1 … 1, the ends included.
    public static func cumulative(_ h: Double, _ k: Double, correlation: Double) -> Double {
        let product = StandardNormal.cumulative(h) * StandardNormal.cumulative(k)
        return min(1, max(0, product + excess(h, k, correlation: correlation)))
    }

    /// Φ₂(h, k; ρ) − Φ(h)Φ(k): the covariance of 1{X ≤ h} and 1{Y ≤ k}, without the loss of digits that the
    /// difference of its two terms has.
    ///
    /// Plackett (1954): ∂Φ₂/∂ρ is the joint density at (h, k). With ρ = sin θ,
    ///
    ///     excess = 1/(2π) ∫₀^(asin ρ) exp(−(h² − 2hk sin θ + k²) / (2 cos² θ)) dθ
    ///
    /// which Gauss and Legendre's rule of 20 points integrates to 1e-13 for |ρ| ≤ 0.9. Nearer to 1 the integral is
    /// taken from the other end, where Φ₂(h, k; 1) = Φ(min(h, k)); with u = π/2 − θ and d = |h − k| it is
    ///
    ///     1/(2π) ∫₀^(acos ρ) exp(−d²/(2 sin² u) − hk/(1 + cos u)) du
    ///
    /// whose integrand rises from 0 about u ≈ d: panels that double in width follow it. Negative correlations come
    /// from Φ₂(h, k; −ρ) = Φ(h) − Φ₂(h, −k; ρ).
    public static func excess(_ h: Double, _ k: Double, correlation: Double) -> Double {
        precondition((-1...1).contains(correlation), "a correlation lies between −1 and 1")
        // Beyond 8.5 either indicator is constant but for 1e-17.
        guard abs(h) < 8.5, abs(k) < 8.5, correlation != 0 else { return 0 }
        if correlation < 0 { return -excess(h, -k, correlation: -correlation) }
        if correlation <= 0.9 {
            let rule = correlation < 0.3 ? GaussLegendre.ten : GaussLegendre.twenty
            let squares = (h * h + k * k) / 2
            return rule.integral(0, asin(correlation)) { angle in
                let sine = sin(angle)
                return exp((h * k * sine - squares) / (1 - sine * sine))
            } / (2 * .pi)
        }
        let (low, high) = (min(h, k), max(h, k))
        let whole = StandardNormal.cumulative(low) * StandardNormal.cumulative(-high)
        return whole - tail(h, k, to: acos(correlation))
    }

    /// The integral from correlation cos `end` to 1.
    private static func tail(_ h: Double, _ k: Double, to end: Double) -> Double {
        guard end > 0 else { return 0 }
        let difference = abs(h - k)
        func integrand(_ u: Double) -> Double {
            let ratio = difference / sin(u)
            return exp(-ratio * ratio / 2 - h * k / (1 + cos(u)))
        }
        // Below d/9 the integrand is under e^(−40) times what follows; below 1e-14 no width is left.
        var start = difference == 0 ? 0 : max(difference / 9, 1e-14)
        guard start < end else { return 0 }
        var sum = 0.0
        while start < end {
            let stop = start == 0 ? end : min(2 * start, end)
            sum += GaussLegendre.twenty.integral(start, stop, integrand)
            start = stop
        }
        return sum / (2 * .pi)
    }
}
