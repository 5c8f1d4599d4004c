import Foundation

/// Noise of one size.
public struct NoiseLevel: Hashable, Sendable, Codable {
    public let privacy: PrivacyParameters
    public let mechanism: NoiseMechanism
    /// σ, or the scale of Laplace noise.
    public let scale: Double

    public init(privacy: PrivacyParameters, mechanism: NoiseMechanism, scale: Double) {
        precondition(scale > 0 && scale.isFinite, "noise has a size")
        self.privacy = privacy
        self.mechanism = mechanism
        self.scale = scale
    }
}
