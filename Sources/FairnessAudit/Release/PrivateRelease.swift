import Foundation

/// One private model, and what it was made under. This, and nothing else that an audit finds, may be published, unless it
/// says that something leaks.
public struct PrivateRelease: Sendable, Codable {
    public let featureNames: [String]
    public let coefficients: [Double]
    public let privacy: PrivacyParameters
    public let mechanism: NoiseMechanism
    /// σ, or the scale of Laplace noise.
    public let scale: Double
    public let sensitivity: Sensitivity
    public let loss: LinearLoss
    /// What was inferred from the data, so that the parameters promise nothing; empty in a private model.
    public let leaks: [String]

    /// Adds noise to a fit.
    ///
    /// The noise is double precision, so that in theory its low bits could tell more than (ε, δ) allows (Mironov
    /// 2012); the coefficients are therefore rounded to multiples of a power of two between scale/2²⁰ and scale/2²¹,
    /// which costs no privacy.
    ///
    /// - Parameters:
    ///   - sensitivity: with the optimiser's tolerance as `gradientNorm`, not the norm it reached, which depends on the
    ///     data.
    ///   - leaks: what was inferred from the data instead of being public.
    ///   - generator: the system's; a seeded one makes the noise known to whoever knows the seed.
    /// - Throws: ``AuditError`` where the mechanism cannot give what is asked, or the fit is worse than the
    ///   sensitivity says.
    public init(
        _ fit: LinearFit, featureNames: [String], loss: LinearLoss, sensitivity: Sensitivity,
        privacy: PrivacyParameters, mechanism: NoiseMechanism, leaks: [String] = [],
        using generator: inout some RandomNumberGenerator
    ) throws(AuditError) {
        guard fit.gradientNorm <= sensitivity.gradientNorm else {
            throw AuditError(
                "the fit stopped at a gradient of norm \(fit.gradientNorm), but the sensitivity allows for "
                    + "\(sensitivity.gradientNorm) only; nothing may be released")
        }
        let scale = try mechanism.scale(privacy, sensitivity: sensitivity.value)
        let noise = mechanism.draw(dimension: fit.coefficients.count, scale: scale, using: &generator)
        let grid = scale.binade / 0x1p20
        self.featureNames = featureNames
        coefficients = zip(fit.coefficients, noise).map { (($0 + $1) / grid).rounded() * grid }
        self.privacy = privacy
        self.mechanism = mechanism
        self.scale = scale
        self.sensitivity = sensitivity
        self.loss = loss
        self.leaks = leaks
    }
}
