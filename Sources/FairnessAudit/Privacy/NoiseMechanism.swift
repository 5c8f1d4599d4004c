/// How the noise is calibrated.
public enum NoiseMechanism: String, CaseIterable, Sendable, Codable {
    /// Normal noise, the least that is private.
    case analytic
    /// Normal noise by the classic formula, for ε ≤ 1.
    case classic
    /// Vector Laplace noise, for δ = 0.
    case laplace

    /// σ of normal noise, or the scale Δ/ε of Laplace noise.
    ///
    /// - Throws: ``AuditError`` where the mechanism cannot give what is asked.
    public func scale(_ privacy: PrivacyParameters, sensitivity: Double) throws(AuditError) -> Double {
        switch self {
        case .analytic: try GaussianMechanism.analytic(privacy, sensitivity: sensitivity)
        case .classic: try GaussianMechanism.classic(privacy, sensitivity: sensitivity)
        case .laplace: sensitivity / privacy.epsilon
        }
    }

    public var isGaussian: Bool { self != .laplace }

    /// One draw of noise of this scale.
    public func draw(
        dimension: Int, scale: Double, using generator: inout some RandomNumberGenerator
    ) -> [Double] {
        switch self {
        case .analytic, .classic: NormalDraws.draw(dimension, using: &generator).map { $0 * scale }
        case .laplace: VectorLaplace.draw(dimension: dimension, scale: scale, using: &generator)
        }
    }
}
