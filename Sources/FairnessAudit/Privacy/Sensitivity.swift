/// How far replacing one record can move the coefficients that minimise
/// (1/n) Σ ℓ(yᵢ θ·xᵢ) + (μ/2)‖θ‖², in L2.
public struct Sensitivity: Hashable, Sendable, Codable {
    /// n, taken as public.
    public let rowCount: Int
    /// μ
    public let regularization: Double
    /// R: every row is clipped to this norm.
    public let clippingNorm: Double
    /// The constant feature that is appended after clipping; 0 where there is none.
    public let constantFeature: Double
    /// The optimiser stops at a gradient no longer than this.
    public let gradientNorm: Double

    /// - Throws: ``AuditError`` for a number outside its domain.
    public init(
        rowCount: Int, regularization: Double, clippingNorm: Double, constantFeature: Double = 0,
        gradientNorm: Double = 0
    ) throws(AuditError) {
        guard rowCount > 0 else { throw AuditError("there are no rows to train on") }
        guard regularization > 0, regularization.isFinite else {
            throw AuditError(
                "mu is \(regularization); it must be positive, since without regularisation one person can move "
                    + "the model without bound")
        }
        try Self.checkRow(clippingNorm: clippingNorm, constantFeature: constantFeature)
        self.rowCount = rowCount
        self.regularization = regularization
        self.clippingNorm = clippingNorm
        self.constantFeature = constantFeature
        self.gradientNorm = gradientNorm
        guard value.isFinite else {
            throw AuditError(
                "the sensitivity is not finite with a clipping norm of \(clippingNorm) and a constant feature of "
                    + "\(constantFeature); give smaller ones")
        }
    }

    /// Refuses norms that bound no row.
    static func checkRow(clippingNorm: Double, constantFeature: Double) throws(AuditError) {
        guard clippingNorm > 0, clippingNorm.isFinite else {
            throw AuditError("the clipping norm is \(clippingNorm); it must be a positive number, such as 1")
        }
        guard constantFeature >= 0, constantFeature.isFinite else {
            throw AuditError("the constant feature is \(constantFeature); it must not be negative")
        }
    }

    /// L = √(R² + c²): no record's loss has a longer gradient, since |ℓ′| ≤ 1.
    public var gradientBound: Double {
        (clippingNorm * clippingNorm + constantFeature * constantFeature).squareRoot()
    }

    /// Δ = 2L/(nμ) + 2g/μ. An optimiser that stops at gradient norm g is off by up to g/μ, on either table.
    public var value: Double {
        2 * gradientBound / (Double(rowCount) * regularization) + 2 * gradientNorm / regularization
    }
}
