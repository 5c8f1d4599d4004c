import CKernels
import Torch

/// Goes through the classes tile by tile: the sum over each sample's other classes, and its gradient, without ever
/// holding similarities of all samples to all classes where memory is short.
///
/// Of n samples, C classes and D dimensions it takes the three products of matrices that cannot be avoided,
///
///     S = X Wᵀ,    ∂L/∂X = G W,    ∂L/∂W = Gᵀ X
///
/// and does the rest while a tile of S is in the cache. G needs the sums over all classes, which are known last.
/// The first tiles keep G up to a factor per sample, as far as memory is given; of the others, S is computed again.
struct ClassStream {
    /// What is summed over the other classes.
    enum Summand {
        /// e^z; the logarithm of the sum counts.
        case exponential
        /// log(1 + e^z) with z = ρ η(cos θ) + b.
        case logistic(ck_class_function)
    }

    let summand: Summand
    /// [B, D], contiguous: directions of features, or the features themselves.
    var features: Tensor
    /// [C, D], contiguous.
    let weights: Tensor
    /// ρ of each sample.
    var scales: [Float]
    /// [C], or [1] for all.
    let bias: Tensor?
    /// The own class of each sample.
    var columns: [Int]
    /// Whether rows of weights count as directions.
    let isNormalized: Bool
    let convention: WeightConvention
    /// The largest Σ p over a sample's other classes that its gradient may leave out.
    var negligible = 0.0
    /// Takes each tile's gradient of the weights as soon as no product needs these weights any more.
    var sink: (any ClassGradientSink)?

    /// What the rest of the loss asks for, once the sums are known.
    struct Seeds {
        /// The gradient of the loss with respect to each sample's sum, or its logarithm.
        let sums: [Float]
        /// ∂ℓ/∂ of the same for one sample's loss: Σ p over its other classes, in a softmax.
        let masses: [Double]
        /// How often each sample's row is added to the gradient of its own class, with respect to the direction if
        /// directions count.
        let own: [Float]
        /// How often the own class's weights are added to their gradient, by sample; `nil` for never.
        var lengthwise: [Float]?
    }

    /// With respect to what the stream was made from.
    struct Gradients {
        /// Σ_c G_c w_c over the other classes, [B, D], and what each row is still to be multiplied by: the gradient
        /// with respect to ρ times the features.
        let sums: Tensor
        let factors: [Float]
        /// `nil` where a sink took them.
        let weights: Tensor?
        let bias: Tensor?
    }

    struct Result {
        /// log Σ e^z, or Σ log(1 + e^z), of each sample's other classes.
        let sums: [Double]
        /// The class with the largest logit before margins, own class included.
        let nearest: [Int]
        let gradients: Gradients?
        /// How many samples' gradients came with those of their other classes.
        let activeCount: Int
    }

    /// Numbers that are not served here: the plain evaluation does, or says what is wrong.
    struct NotServed: Error {}

    /// Classes in a tile: of rows of a few hundred numbers enough to fill a cache and keep threads busy.
    static let tileSize = 2048
    /// How much of G is kept rather than computed again, in bytes: memory that a fourth product does not cost.
    static let usualStoreLimit = 12 << 20
    var storeLimit = Self.usualStoreLimit

    /// - Parameter seeds: called once, with the sums, when gradients are wanted.
    func run(seeds: ((_ sums: [Double], _ sigmoids: [Double]) throws -> Seeds)?) throws -> Result {
        let tiles = try ClassTiles(self)
        let rows = ClassRows(count: columns.count)
        guard let seeds else {
            for tile in tiles.ranges { _ = try tiles.load(tile, rows) }
            return Result(sums: rows.results(of: summand), nearest: rows.nearest, gradients: nil, activeCount: 0)
        }
        let (gradients, activeCount) =
            switch summand {
            case .logistic where negligible == 0: (try logisticGradients(tiles, rows, seeds), columns.count)
            case .logistic, .exponential: try gradients(tiles, rows, seeds)
            }
        return Result(
            sums: rows.results(of: summand), nearest: rows.nearest, gradients: gradients, activeCount: activeCount)
    }

    /// Every gradient is there as soon as its tile is: the seeds of independent questions need no sums.
    private func logisticGradients(
        _ tiles: ClassTiles, _ rows: ClassRows, _ seeds: ([Double], [Double]) throws -> Seeds
    ) throws -> Gradients {
        let seeds = try seeds([], [])
        // What a sink takes cannot be taken back.
        let tiles = sink == nil ? tiles : try tiles.withNorms()
        let into = try GradientSums(self)
        into.seeds = seeds
        let scaled = try scaledFeatures(by: seeds.sums)
        for tile in tiles.ranges {
            let scores = try tiles.load(tile, rows)
            try into.addFeatures(scores, tile)
            try into.setWeights(scores, tile, scaledFeatures: scaled, inverseNorms: tiles.inverseNorms)
        }
        return into.gradients(factors: seeds.sums, bias: try sharedBias(seeds, rows))
    }

    private func sharedBias(_ seeds: Seeds, _ rows: ClassRows) throws -> Tensor {
        try Tensor([Float(zip(seeds.sums, rows.sigmoids).reduce(0) { $0 + Double($1.0) * $1.1 })])
    }

    /// ρ x times a factor per row.
    func scaledFeatures(by factors: [Float]) throws -> Tensor {
        try features * Tensor(zip(factors, scales).map { $0 * $1 }).unsqueezed(1)
    }
}

// MARK: With sums that are known before gradients begin

extension ClassStream {
    /// A tile's e^(z − shift), kept from the first pass.
    private struct Kept {
        let tile: Range<Int>
        let scores: Tensor
        let shifts: [Float]
    }

    private func gradients(
        _ tiles: ClassTiles, _ rows: ClassRows, _ seeds: ([Double], [Double]) throws -> Seeds
    ) throws -> (Gradients, activeCount: Int) {
        let into = try GradientSums(self)
        // What will be left out need not be kept.
        let keptCount = negligible > 0 ? 0 : tiles.count(in: storeLimit)
        var kept: [Kept] = []
        for (index, tile) in tiles.ranges.enumerated() {
            let scores = try tiles.load(tile, rows)
            guard index < keptCount || !kept.isEmpty else { continue }
            if rows.factors.contains(where: { $0 != 1 }) { try into.scaleFeatures(by: rows.factors) }
            guard index < keptCount else { continue }
            try into.addFeatures(scores, tile)
            kept.append(Kept(tile: tile, scores: scores, shifts: rows.shifts))
        }
        let sums = rows.results(of: summand)
        let given = try seeds(sums, rows.sigmoids)
        into.seeds = given
        try setWeights(of: kept, into, rows, given, tiles)
        let factors = rows.factors(given.sums, since: rows.shifts)
        guard keptCount < tiles.ranges.count else {
            return (into.gradients(factors: factors, bias: nil), columns.count)
        }
        if keptCount > 0 { try into.scaleFeatures(by: factors) }
        let active = columns.indices.filter { given.sums[$0] != 0 && given.masses[$0] > negligible }
        try computeAgain(tiles, from: keptCount, active, logarithms: sums, given, into)
        let bias = if case .logistic = summand { try sharedBias(given, rows) } else { Tensor?.none }
        return (
            into.gradients(factors: [Float](repeating: 1, count: columns.count), bias: bias), active.count
        )
    }

    private func setWeights(
        of kept: [Kept], _ into: GradientSums, _ rows: ClassRows, _ given: Seeds, _ tiles: ClassTiles
    ) throws {
        var scaled: (shifts: [Float], features: Tensor)?
        for part in kept {
            let factors = rows.factors(given.sums, since: part.shifts)
            if scaled?.shifts != part.shifts { scaled = (part.shifts, try scaledFeatures(by: factors)) }
            guard let scaled else { continue }
            try into.setWeights(
                part.scores, part.tile, scaledFeatures: scaled.features, inverseNorms: tiles.inverseNorms)
            try into.addBias(part.scores, part.tile, factors: factors)
        }
    }

    /// Products once more, for the samples that are not negligible.
    private func computeAgain(
        _ tiles: ClassTiles, from first: Int, _ active: [Int], logarithms: [Double], _ given: Seeds,
        _ into: GradientSums
    ) throws {
        let ranges = tiles.ranges[first...]
        guard !active.isEmpty else {
            for tile in ranges { try into.setOwnWeights(tile, inverseNorms: tiles.inverseNorms) }
            return
        }
        let part = try selecting(active)
        let partTiles = try ClassTiles(part, inverseNorms: tiles.inverseNorms)
        let seeds = active.map { given.sums[$0] }
        let sums = active.map { Float(logarithms[$0]) }
        let scaled = try part.scaledFeatures(by: seeds)
        let partRows = ClassRows(count: active.count)
        let features = try GradientSums(part, ofFeaturesAlone: true)
        for tile in ranges {
            let scores: Tensor
            switch summand {
            case .exponential: scores = try partTiles.loadProbabilities(tile, logarithms: sums)
            case .logistic: scores = try partTiles.load(tile, partRows)
            }
            try features.addFeatures(scores, tile)
            try into.setWeights(scores, tile, scaledFeatures: scaled, inverseNorms: tiles.inverseNorms)
            try into.addBias(scores, tile, factors: seeds)
        }
        try features.scaleFeatures(by: seeds)
        try into.addFeatures(of: features, at: active)
    }

    /// The stream of some of the samples.
    private func selecting(_ samples: [Int]) throws -> ClassStream {
        guard samples.count < columns.count else { return self }
        var part = self
        part.features = try features.rows(Tensor(samples))
        part.scales = samples.map { scales[$0] }
        part.columns = samples.map { columns[$0] }
        return part
    }
}
