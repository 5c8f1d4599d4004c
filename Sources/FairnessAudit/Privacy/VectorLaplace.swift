import Foundation

/// Noise with density ∝ e^(−ε‖z‖/Δ), which is (ε, 0)-private for a vector of L2 sensitivity Δ.
///
/// Its direction is uniform and its length has the Gamma distribution of shape p and scale Δ/ε (Chaudhuri, Monteleoni
/// and Sarwate 2011). A direction is a normal vector over its length; a Gamma variable of whole shape p is the sum of
/// p exponential ones.
public enum VectorLaplace {
    /// E‖z‖ = pΔ/ε
    public static func meanLength(dimension: Int, epsilon: Double, sensitivity: Double) -> Double {
        Double(dimension) * sensitivity / epsilon
    }

    /// One draw.
    public static func draw(
        dimension: Int, scale: Double, using generator: inout some RandomNumberGenerator
    ) -> [Double] {
        var direction = NormalDraws.draw(dimension, using: &generator)
        let norm = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
        var length = 0.0
        for _ in 0..<dimension { length -= log(NormalDraws.positiveUniform(using: &generator)) }
        for place in direction.indices { direction[place] *= length * scale / norm }
        return direction
    }
}
