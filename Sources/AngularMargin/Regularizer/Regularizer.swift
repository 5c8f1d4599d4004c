import Torch

/// What the directions of the class weights are asked, whatever the samples are.
///
/// With c_ij the cosine of the weights of two classes, and 0 for one class alone:
public enum Regularizer: String, Sendable, CaseIterable {
    /// (1/C) Σ_{i≠j} max(0, c_ij)²: the exclusive inter-class regulariser (arXiv 1908.03990, as in its first author's
    /// code). Classes more than 90° apart are left alone.
    case exclusive
    /// (1/C) Σ_{i≠j} c_ij, signed: an alternative in the same code.
    case exclusiveSigned = "exclusive-signed"
    /// (1/(C(C − 1))) Σ_{i≠j} ((c_ij + 1)/2)², cosines scaled to [0, 1]: another one.
    case exclusiveScaled = "exclusive-scaled"
    /// (1/C) Σ_i max_{j≠i} c_ij: each class and its nearest neighbour. RegularFace (Zhao et al., CVPR 2019).
    case regularFace = "regularface"
    /// The mean of θ_ij⁻² over pairs of different classes of the batch: minimum hyperspherical energy (Liu et al.,
    /// NeurIPS 2018), as in SphereFace+. Angles below 10⁻³ count as 10⁻³.
    case hypersphericalEnergy = "mhe"

    /// The term, without weight.
    ///
    /// - Parameters:
    ///   - weights: [C, D]; only their directions count.
    ///   - labels: of the batch; used by ``hypersphericalEnergy`` alone.
    public func value(weights: Tensor, labels: Tensor) throws -> Tensor {
        let weights = self == .hypersphericalEnergy ? try weights.rows(Self.present(labels)) : weights
        let directions = try Directions(of: weights, name: "weights").rows
        let count = directions.size(0)
        guard count > 1 else { return try directions.sum() * 0 }
        // In blocks of rows: what is summed has C² entries, and without gradients they need not all be there at once. A
        // backward pass keeps some numbers of each.
        let rowsAtOnce = max(1, min(count, (1 << 24) / count))
        var sum = try Tensor.zeros([], scalarType: directions.scalarType, device: directions.device)
        for start in stride(from: 0, to: count, by: rowsAtOnce) {
            let range = start..<min(count, start + rowsAtOnce)
            let cosines = try directions.sliced(range).matmul(directions.transposed())
            sum = try sum + rowSum(cosines, own: Tensor.range(start, range.upperBound, device: cosines.device))
        }
        return try sum / Double(self == .exclusiveScaled || self == .hypersphericalEnergy ? count * (count - 1) : count)
    }

    /// The sum over a block of rows, [R, C].
    ///
    /// - Parameter own: the column of each row's own class: 1 up to rounding, and left out.
    private func rowSum(_ cosines: Tensor, own: Tensor) throws -> Tensor {
        func without(_ value: Double, _ terms: Tensor) throws -> Tensor {
            let column = try own.unsqueezed(1)
            let filler = try Tensor.full(
                column.shape, value, scalarType: terms.scalarType, device: terms.device)
            return try terms.scattering(filler, at: column, dimension: 1)
        }
        switch self {
        case .exclusive: return try without(0, cosines).clamped(from: 0).squared().sum()
        case .exclusiveSigned: return try without(0, cosines).sum()
        case .exclusiveScaled: return try without(0, ((cosines + 1) / 2).squared()).sum()
        case .regularFace:
            let others = try without(-2, cosines)
            let nearest = try others.argumentOfMaximum(1).unsqueezed(1)
            return try others.gathered(nearest, dimension: 1).sum()
        case .hypersphericalEnergy:
            let energies = try MarginGradient.full.apply(AngularEnergy(), to: cosines) { _ in try .constant(0) }
            return try without(0, energies).sum()
        }
    }

    /// The classes of a batch, rising.
    private static func present(_ labels: Tensor) throws -> Tensor {
        let values: [Int] = try labels.to(.int64).elements()
        return try Tensor(Set(values).sorted()).to(labels.device)
    }
}

/// θ⁻², with slope 2 θ⁻³ / sin θ: a function of a cosine whose slope must not go through an arc cosine.
private struct AngularEnergy: Margin {
    private static let smallest = 1e-3

    func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        try guarded(point).power(-2)
    }

    func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let slope = try point.perSine(point.constant(2) * guarded(point).power(-3))
        return try .select(isNear(point), point.constant(0), slope)
    }

    private func guarded<Scalar: MarginScalar>(_ point: MarginPoint<Scalar>) throws -> Scalar {
        try .select(isNear(point), point.constant(Self.smallest), point.angle)
    }

    private func isNear<Scalar: MarginScalar>(_ point: MarginPoint<Scalar>) throws -> Scalar.Condition {
        try point.angle.isLess(than: .constant(Self.smallest))
    }

    func scaled(by factor: Double) -> Self { self }
}
