import Foundation
import Torch

/// ℓ = p sp(−a_y) + n Σ_{j≠y} sp(a_j) with sp(a) = log(1 + eᵃ): C independent yes-or-no questions.
///
/// SphereFace2 (Wen et al., ICLR 2022) with p = λ and n = 1 − λ. It further divides by its scale r: that is
/// the head's ``Head/lossWeight``. UniFace (Zhou et al., ICCV 2023) with p = 1 and n = l; its bias is subtracted.
public struct OneVersusAll: Objective {
    /// What a bias starts with.
    public enum InitialBias: Sendable, Hashable {
        /// The value at which, all angles being π/2, positives and negatives pull equally (SphereFace2).
        case balanced
        /// ln(10 · C · rate), with the rate of class sampling (UniFace).
        case logarithmOfClasses(rate: Double)
        case fixed(Double)
    }

    /// p > 0, the weight of a sample's own class.
    public var positiveWeight: Double
    /// n > 0, the weight of each other class.
    public var negativeWeight: Double
    public var initialBias: InitialBias
    public var subtractsBias: Bool

    public init(
        positiveWeight: Double, negativeWeight: Double, initialBias: InitialBias = .balanced,
        subtractsBias: Bool = false
    ) {
        self.positiveWeight = positiveWeight
        self.negativeWeight = negativeWeight
        self.initialBias = initialBias
        self.subtractsBias = subtractsBias
    }

    public var kind: ObjectiveKind { .oneVersusAll }
    public var bias: BiasKind { .shared }

    public func initialBias(target: Double, other: Double, classCount: Int) -> Double {
        switch initialBias {
        case .balanced: balancedBias(target: target, other: other, classCount: classCount)
        case .logarithmOfClasses(let rate): log(10 * Double(classCount) * rate)
        case .fixed(let value): value
        }
    }

    /// All angles being π/2, positives and negatives pull equally:
    /// pσ(−a_y − b) = n(C − 1)σ(a_i + b). With ζ = p/(n(C − 1)),
    ///
    ///     b₀ = ln 2ζ − a_i − ln(1 − ζ + √((1 − ζ)² + 4ζ e^{a_y − a_i}))
    ///
    /// One class has no negatives, and starts at 0.
    private func balancedBias(target: Double, other: Double, classCount: Int) -> Double {
        guard classCount > 1 else { return 0 }
        let ratio = positiveWeight / (negativeWeight * Double(classCount - 1))
        let difference = target - other
        let root = ((1 - ratio) * (1 - ratio) + 4 * ratio * exp(difference)).squareRoot()
        // For ζ > 1 the difference 1 − ζ + root would cancel; its conjugate does not.
        let logarithm =
            ratio <= 1 ? log(1 - ratio + root) : log(4 * ratio) + difference - log(root + ratio - 1)
        return log(2 * ratio) - other - logarithm
    }

    /// A logit whose loss and slope are 0, in double precision too.
    private static let ruledOut = -1000.0

    public func terms(_ logits: Tensor, columns: Tensor) throws -> [Term] {
        let columns = try columns.unsqueezed(1)
        let targets = try -logits.gathered(columns, dimension: 1)
        // In the sum over the others the own class counts as one that is ruled out, log(1 + e⁻¹⁰⁰⁰) = 0, so that nothing is
        // taken away again.
        let none = try targets.detached() * 0 + Self.ruledOut
        let others = try logits.scattering(none, at: columns, dimension: 1).softplus().sum([1])
        let own = try targets.softplus().squeezed(1)
        return [Term("binary", try negativeWeight * others + positiveWeight * own)]
    }
}
