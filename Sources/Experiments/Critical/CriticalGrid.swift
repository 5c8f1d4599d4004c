import Foundation

/// The settings that each method may choose from, best guesses first, so that the first few are a sensible choice.
///
/// Margins are multiples of π/64 and scales 8 or 16, as in CAMRI's own configurations; each margin is tried with each
/// scale. Its paper does not say which weights it tried; these double and more from step to step.
public struct CriticalGrid: Sendable, Equatable {
    /// In radians.
    public var margins = [4, 8, 2, 6, 12, 16].map { Double($0) * .pi / 64 }
    public var scales = [16.0, 8]
    /// Of the critical class's samples, where others have 1; and the price of missing it.
    public var weights = [2.0, 5, 10, 20, 50, 100]

    public init() {}

    /// At most `count` settings of a method, each as `key=value` for the recipe.
    func settings(_ method: CriticalMethod, count: Int) -> [[String]] {
        let all: [[String]] =
            switch method {
            case .crossEntropy, .shifted: [[]]
            case .weighted: weights.map { ["head.weight=\(Self.text($0))"] }
            case .realWorldWeight: weights.map { ["head.miss_weight=\(Self.text($0))"] }
            case .arcFace, .camri:
                margins.flatMap { margin in
                    scales.map { ["head.s=\(Self.text($0))", "head.m=\(Self.text(margin))"] }
                }
            }
        return Array(all.prefix(count))
    }

    private static func text(_ value: Double) -> String { String(format: "%.6g", value) }
}
