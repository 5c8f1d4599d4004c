import Torch

/// m_i ~ N(m, σ²), drawn anew for every sample and step.
///
/// ElasticFace (Boutros et al., CVPR Workshops 2022). Sorted (its "plus"), the largest margin goes to the sample
/// with the smallest target cosine, and so on. The draw follows from ``HeadStatistic/random(seed:)``.
public struct NormalMargin: AmountRule {
    public var mean: Double
    public var deviation: Double
    public var isSorted: Bool

    public init(mean: Double, deviation: Double, isSorted: Bool = false) {
        self.mean = mean
        self.deviation = deviation
        self.isSorted = isSorted
    }

    public func values(of batch: MarginBatch) throws -> Tensor {
        let count = batch.norms.size(0)
        let drawn = try Tensor.normal([count], generator: batch.state.generator(for: .margins), scalarType: .float64)
        var margins = try drawn.reals().map { mean + deviation * $0 }
        if isSorted {
            let cosines = try batch.targetCosines.reals()
            let easiestFirst = cosines.indices.sorted { (cosines[$0], $1) > (cosines[$1], $0) }
            var assigned = margins
            for (margin, row) in zip(margins.sorted(), easiestFirst) { assigned[row] = margin }
            margins = assigned
        }
        return try Tensor(margins, shape: [count, 1]).to(batch.norms.scalarType).to(batch.norms.device)
    }

    public var examples: [(name: String, value: Double)] {
        let spread = 2 * deviation
        return [("mean margin", mean), ("mean − 2σ", mean - spread), ("mean + 2σ", mean + spread)]
    }
}
