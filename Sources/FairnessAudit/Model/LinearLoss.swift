import Foundation

/// A convex loss of the margin m = y θ·x, with |ℓ′| ≤ 1.
public enum LinearLoss: String, CaseIterable, Sendable, Codable {
    /// ℓ(m) = ln(1 + e^(−m))
    case logistic
    /// The hinge with its corner rounded between ½ and 1½ (Chaudhuri, Monteleoni and Sarwate 2011, with h = ½):
    /// ℓ(m) = 0 above, 1 − m below, (3/2 − m)²/2 between.
    case smoothedHinge = "smoothed-hinge"

    /// ℓ, ℓ′ and ℓ″ at a margin; where ℓ″ jumps, the larger one.
    @inline(__always)
    func derivatives(_ margin: Double) -> (value: Double, first: Double, second: Double) {
        switch self {
        case .logistic:
            // Of e^m and e^(−m), the one that cannot overflow.
            let small = exp(-abs(margin))
            let (value, share) =
                margin > 0 ? (log1p(small), small / (1 + small)) : (log1p(small) - margin, 1 / (1 + small))
            return (value, -share, share * (1 - share))
        case .smoothedHinge:
            if margin > 1.5 { return (0, 0, 0) }
            if margin < 0.5 { return (1 - margin, -1, 0) }
            return ((1.5 - margin) * (1.5 - margin) / 2, margin - 1.5, 1)
        }
    }
}
