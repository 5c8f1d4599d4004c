import Torch

/// m(a) = l_m + (u_m − l_m)(a − l_a)/(u_a − l_a) with a = ‖x‖ kept in [l_a, u_a]: the margin grows with the norm.
///
/// MagFace (Meng et al., CVPR 2021). Gradients reach the norm through it, inside the range.
public struct MagnitudeMargin: AmountRule {
    /// l_a to u_a.
    public var norms: ClosedRange<Double>
    /// l_m to u_m, in radians.
    public var margins: ClosedRange<Double>

    /// - Precondition: the range of norms has a length.
    public init(norms: ClosedRange<Double>, margins: ClosedRange<Double>) {
        precondition(norms.lowerBound < norms.upperBound, "norms have a range")
        self.norms = norms
        self.margins = margins
    }

    public func values(of batch: MarginBatch) throws -> Tensor {
        let magnitude = try batch.norms.clamped(from: norms.lowerBound, to: norms.upperBound)
        let share = try (magnitude - norms.lowerBound) / (norms.upperBound - norms.lowerBound)
        return try share * (margins.upperBound - margins.lowerBound) + margins.lowerBound
    }

    public var examples: [(name: String, value: Double)] {
        [
            ("‖x‖ ≤ \(HeadParameterValue.number(norms.lowerBound))", margins.lowerBound),
            ("‖x‖ ≥ \(HeadParameterValue.number(norms.upperBound))", margins.upperBound),
        ]
    }
}
