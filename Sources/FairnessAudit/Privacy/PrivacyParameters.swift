/// (ε, δ)-differential privacy: for tables that differ in one record, P(M(D) ∈ S) ≤ e^ε P(M(D′) ∈ S) + δ.
public struct PrivacyParameters: Hashable, Sendable, Codable {
    public let epsilon: Double
    /// 0 for pure ε.
    public let delta: Double

    /// - Throws: ``AuditError`` unless 0 < ε < ∞ and 0 ≤ δ < 1.
    public init(epsilon: Double, delta: Double) throws(AuditError) {
        guard epsilon > 0, epsilon.isFinite else {
            throw AuditError("epsilon is \(epsilon); it must be a positive number, such as 1")
        }
        guard delta >= 0, delta < 1 else {
            throw AuditError("delta is \(delta); it must lie between 0 and 1, and well below 1 / (number of rows)")
        }
        self.epsilon = epsilon
        self.delta = delta
    }
}
