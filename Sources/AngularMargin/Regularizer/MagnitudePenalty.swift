import Torch

/// mean(a/u² + 1/a) with a = ‖x‖ kept in [l, u]: falls with the norm up to u.
///
/// MagFace's regulariser g (Meng et al., CVPR 2021), which keeps norms from shrinking where a margin that grows with
/// them would ask for it.
public struct MagnitudePenalty: Sendable, Hashable {
    /// l to u, above 0.
    public var norms: ClosedRange<Double>
    public var weight: Double

    public init(norms: ClosedRange<Double>, weight: Double) {
        precondition(norms.lowerBound > 0, "the norm divides")
        self.norms = norms
        self.weight = weight
    }

    /// - Parameter norms: ‖x‖, [B, 1].
    func penalty(norms: Tensor) throws -> Penalty {
        let a = try norms.clamped(from: self.norms.lowerBound, to: self.norms.upperBound)
        let terms = try a / (self.norms.upperBound * self.norms.upperBound) + 1 / a
        return Penalty(name: "magnitude", value: try terms.mean(), weight: weight)
    }
}
