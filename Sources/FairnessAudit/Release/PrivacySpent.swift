import Foundation

/// What several releases from the same data spend together.
public struct PrivacySpent: Hashable, Sendable, Codable {
    /// The scale of one release over its sensitivity, and its parameters.
    public struct Entry: Hashable, Sendable, Codable {
        public let privacy: PrivacyParameters
        public let mechanism: NoiseMechanism
        public let noiseRatio: Double

        public init(privacy: PrivacyParameters, mechanism: NoiseMechanism, noiseRatio: Double) {
            self.privacy = privacy
            self.mechanism = mechanism
            self.noiseRatio = noiseRatio
        }

        /// Whether the numbers, which may come from a file, can be those of a release.
        var isSound: Bool {
            noiseRatio > 0 && noiseRatio.isFinite
                && (try? PrivacyParameters(epsilon: privacy.epsilon, delta: privacy.delta)) != nil
        }
    }

    public let releaseCount: Int
    public let epsilon: Double
    public let delta: Double

    /// Normal noise composes exactly, 1/r² = Σ 1/rᵢ² for the ratios rᵢ = σᵢ/Δᵢ, and is stated at the largest δ among
    /// the releases; Laplace noise adds its ε (basic composition).
    public init(_ entries: [Entry]) {
        let normal = entries.filter(\.mechanism.isGaussian)
        let pure = entries.filter { !$0.mechanism.isGaussian }.reduce(0) { $0 + $1.privacy.epsilon }
        releaseCount = entries.count
        delta = normal.map(\.privacy.delta).max() ?? 0
        guard delta > 0 else {
            epsilon = pure
            return
        }
        let ratio = GaussianMechanism.composed(noiseRatios: normal.map(\.noiseRatio))
        epsilon = pure + GaussianMechanism.epsilon(delta: delta, noiseRatio: ratio)
    }
}
