import Foundation

/// Bounds on the change |Aₖ′ − Aₖ| of every cell's share of correct decisions, each of which holds with probability
/// 1 − ζ over the noise; for a measure, add them up with the moduli of its coefficients.
public struct ChangeBounds: Sendable {
    /// ζ
    public let failure: Double
    /// E D / ζ (Markov's inequality on the share that changes).
    public let markov: [Double]
    /// E min(1, D/ζ).
    ///
    /// For any t, people with |α| ≤ t count in full, and Markov's inequality holds for the others:
    /// P(|α| ≤ t) + E[D 1{|α| > t}] / ζ. Since D falls in |α|, the best t for everyone is where D = ζ. (With
    /// Φ(−t/σ) P(|α| > t) in place of the expectation it is the coarser form of docs/Methods.md.)
    public let split: [Double]
    /// P(|α| ≤ σ(√p + √(2 ln(1/ζ)))), since |ξ| ≤ ‖Z‖ for all people at once. Depends on the dimension.
    public let worstCase: [Double]

    init(_ people: AuditedPeople, scale: Double, failure: Double, flips: FlipSums) {
        self.failure = failure
        let radius = scale * Self.noiseRadius(dimension: people.dimension, failure: failure)
        let means = people.cellMeans(2) { margin, _ in
            guard let margin else { return .zero }
            let flip = StandardNormal.cumulative(-abs(margin) / scale)
            return [min(1, flip / failure), abs(margin) <= radius ? 1 : 0, 0, 0]
        }
        markov = flips.flips.map { min(1, $0 / failure) }
        split = means[0]
        worstCase = means[1]
    }

    /// ‖Z‖/σ is at most √p + √(2 ln(1/ζ)) with probability 1 − ζ (concentration of a 1-Lipschitz function).
    public static func noiseRadius(dimension: Int, failure: Double) -> Double {
        Double(dimension).squareRoot() + (2 * log(1 / failure)).squareRoot()
    }

    /// Σ |cₖ| bₖ
    static func total(_ functional: RateFunctional, _ bounds: [Double]) -> Double {
        zip(functional.coefficients, bounds).reduce(0) { $0 + abs($1.0) * $1.1 }
    }
}
