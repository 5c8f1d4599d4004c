import Torch

/// ℓ = sp(α(m₀ − c)) for members of the class and sp(α(c − m₁)) for all others, sp(a) = log(1 + eᵃ), c the cosine
/// to the one row of weights.
///
/// OC-Softmax (Zhang, Jiang and Duan, IEEE Signal Processing Letters 2021), made for spoofing: the bona fide lie within
/// arccos m₀ of one direction, and everything else keeps away from it by arccos m₁.
public struct OneClass: Objective {
    /// α, the scale.
    public var scale: Double
    /// m₀, the cosine that members shall exceed.
    public var memberCosine: Double
    /// m₁, the cosine that others shall stay below.
    public var otherCosine: Double
    /// The label of members, 0 or 1.
    public var memberLabel: Int

    public init(scale: Double, memberCosine: Double, otherCosine: Double, memberLabel: Int = 0) {
        precondition(memberLabel == 0 || memberLabel == 1, "there are two labels")
        self.scale = scale
        self.memberCosine = memberCosine
        self.otherCosine = otherCosine
        self.memberLabel = memberLabel
    }

    public var kind: ObjectiveKind { .oneClass }
    public var bias: BiasKind { .none }

    public func terms(_ logits: Tensor, columns: Tensor) throws -> [Term] {
        let cosines = try logits.squeezed(1)
        let isMember = try columns .== Tensor.full([], Double(memberLabel), scalarType: .int64, device: columns.device)
        let arguments = try Tensor.select(isMember, memberCosine - cosines, cosines - otherCosine)
        return [Term("softplus", try (arguments * scale).softplus())]
    }

    /// From this cosine on a sample is nearer to m₀ than to m₁.
    var decisionCosine: Double { (memberCosine + otherCosine) / 2 }

    /// A member is what is nearer to m₀ than to m₁.
    public func predictions(_ similarities: Tensor) throws -> Tensor? {
        let isOther = try similarities.squeezed(1) .<= decisionCosine
        let member = Double(memberLabel)
        return try (isOther.to(.int64) * (1 - 2 * member) + member).to(.int64)
    }
}
