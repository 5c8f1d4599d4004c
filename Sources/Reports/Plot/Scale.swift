import Foundation

extension Plot {
    /// How numbers are laid out along an axis.
    public enum Scale: Hashable, Sendable {
        case linear
        /// Equal ratios are equally long; numbers above 0.
        case logarithmic
        /// Φ⁻¹(p), the standard normal's quantile; rates above 0 and below 1. Scores that are normal on both sides
        /// have a straight DET curve on such axes (Martin et al., "The DET curve in assessment of detection task
        /// performance", Eurospeech 1997).
        case normalDeviate
        /// Names side by side, each one unit wide, the first from 0 to 1.
        case categories([String])

        /// The place of a number, rising; −∞ and +∞ at and beyond the ends of the scale's domain.
        func position(of value: Double) -> Double {
            switch self {
            case .linear, .categories: value
            case .logarithmic: value > 0 ? log10(value) : -.infinity
            case .normalDeviate: normalQuantile(value)
            }
        }
    }
}
