import Foundation
import Verification

/// What noise of one size does to one signed measure.
public struct MeasureEffect: Sendable, Codable {
    public let partition: String
    public let criterion: FairnessCriterion
    public let name: String
    /// Without noise.
    public let clean: Double
    /// E F′ − F in closed form; like all closed forms, for normal noise alone.
    public let expectedChange: Double?
    /// Σ|w| D ≥ |E F′ − F|
    public let expectedChangeBound: Double?
    /// ½ Σ|w| e^(−α²/2σ²), which is no smaller.
    public let exponentialBound: Double?
    public let variance: RateVariance?
    /// |F′ − E F′| ≤ √(Var/ζ) with probability 1 − ζ; where the variance is an estimate, three standard errors above it.
    public let chebyshev: Double?
    /// How far the measure can move at all.
    public let largestPossible: Double
    /// |F′ − F| ≤ each of these with probability 1 − ζ.
    public let markov: Double?
    public let split: Double?
    public let worstCase: Double?
    /// F′ − F over the draws.
    public let change: DrawSummary
    /// The 1 − ζ quantile of |F′ − F| over the draws, to see how tight the bounds are.
    public let changeQuantile: Double
    /// Which of the bounds more than a share ζ of the draws exceeded, beyond chance; empty if theory is right.
    public let exceeded: [String]

    /// The smallest of the bounds on |F′ − F| that are proven: Markov's, the split one, the worst case, and, where the
    /// variance is exact, |E F′ − F| + √(Var/ζ).
    public var certified: Double? {
        var bounds = [markov, split, worstCase].compactMap { $0 }
        if let variance, variance.isExact, let chebyshev, let expectedChange {
            bounds.append(abs(expectedChange) + chebyshev)
        }
        return bounds.min().map { min($0, largestPossible) }
    }
}

/// What noise of one size does to a gap, max − min. There is no closed form: the change of the gap's expectation is not
/// the gap of the expected rates.
public struct GapEffect: Sendable, Codable {
    public let partition: String
    public let criterion: FairnessCriterion
    public let name: String
    public let clean: Double
    /// gap′ − gap over the draws.
    public let change: DrawSummary
    public let changeQuantile: Double
    /// |gap′ − gap| ≤ the two largest changes of a rate among groups together, each bounded with probability
    /// 1 − ζ/K for the K rates.
    public let unionBound: Double?
}

/// What noise of one size does to the decisions about one group.
public struct GroupEffect: Sendable, Codable {
    public let partition: String
    public let group: String
    /// The expected share of decisions that change, in closed form.
    public let expectedFlips: Double?
    /// The same over the draws.
    public let flips: DrawSummary
    public let accuracyChange: DrawSummary
}

/// What noise of one size does.
public struct NoiseEffect: Sendable, Codable {
    public let level: NoiseLevel
    /// ζ of every bound: each holds with probability 1 − ζ.
    public let failure: Double
    public let measures: [MeasureEffect]
    public let gaps: [GapEffect]
    public let groups: [GroupEffect]
    public let individual: IndividualEffect
    public let regimes: [NearZeroRegime]
}
