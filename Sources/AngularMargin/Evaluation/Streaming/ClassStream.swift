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
/// While there is room, G is kept up to a factor per sample; else a second pass computes S again.
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
    let features: Tensor
    /// [C, D], contiguous.
    let weights: Tensor
    /// ρ of each sample.
    let scales: [Float]
    /// [C], or [1] for all.
    let bias: Tensor?
    /// The own class of each sample.
    let columns: [Int]
    /// Whether rows of weights count as directions.
    let isNormalized: Bool
    let convention: WeightConvention
    /// Takes each tile's gradient of the weights as soon as no product needs these weights any more.
    var sink: (any ClassGradientSink)?

    /// What the rest of the loss asks for, once the sums are known.
    struct Seeds {
        /// The gradient of the loss with respect to each sample's sum, or its logarithm.
        let sums: [Float]
        /// [B, D]: what each sample adds to the gradient of its own class, with respect to the direction if
        /// directions count.
        let ownRows: Tensor
    }

    /// With respect to what the stream was made from.
    struct Gradients {
        /// [B, D], of the features times ρ.
        let scaledFeatures: Tensor
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
    }

    /// Numbers that are not served here: the plain evaluation does, or says what is wrong.
    struct NotServed: Error {}

    /// Classes in a tile: of rows of a few hundred numbers enough to fill a cache and keep threads busy.
    static let tileSize = 2048
    /// How much of G is kept rather than computed again, in bytes.
    var storeLimit = 128 << 20

    /// - Parameter seeds: called once, with the sums, when gradients are wanted.
    func run(seeds: ((_ sums: [Double]) throws -> Seeds)?) throws -> Result {
        let tiles = try ClassTiles(self)
        let rows = ClassRows(count: columns.count)
        guard let seeds else {
            for tile in tiles.ranges { try tiles.load(tile, rows, into: tiles.scores(tile)) }
            return Result(sums: rows.results(of: summand), nearest: rows.nearest, gradients: nil)
        }
        let gradients =
            switch summand {
            case .logistic: try logisticGradients(tiles, rows, seeds)
            case .exponential where tiles.fit(storeLimit): try storedGradients(tiles, rows, seeds)
            case .exponential: try recomputedGradients(tiles, rows, seeds)
            }
        return Result(sums: rows.results(of: summand), nearest: rows.nearest, gradients: gradients)
    }

    /// Every gradient is there as soon as its tile is: the seeds of independent questions need no sums.
    private func logisticGradients(
        _ tiles: ClassTiles, _ rows: ClassRows, _ seeds: ([Double]) throws -> Seeds
    ) throws -> Gradients {
        let seeds = try seeds([])
        let into = try GradientSums(self, seeds: seeds)
        let scaled = try into.scaledFeatures(by: seeds.sums)
        for tile in tiles.ranges {
            let scores = try tiles.scores(tile)
            try tiles.load(tile, rows, into: scores)
            try into.addFeatures(scores, tile)
            try into.setWeights(scores, tile, scaledFeatures: scaled, inverseNorms: tiles.inverseNorms)
        }
        let ofBias = zip(seeds.sums, rows.sigmoids).reduce(0) { $0 + Double($1.0) * $1.1 }
        return try into.gradients(factors: seeds.sums, bias: Tensor([Float(ofBias)]))
    }

    /// With e^(z − shift) of all samples and classes in memory.
    private func storedGradients(
        _ tiles: ClassTiles, _ rows: ClassRows, _ seeds: ([Double]) throws -> Seeds
    ) throws -> Gradients {
        let store = try tiles.ranges.map { try Tensor.empty([columns.count, $0.count]) }
        let into = try GradientSums(self, seeds: nil)
        var shifts: [[Float]] = []
        for (tile, scores) in zip(tiles.ranges, store) {
            try tiles.load(tile, rows, into: scores)
            if rows.factors.contains(where: { $0 != 1 }) { try into.scaleFeatures(by: rows.factors) }
            shifts.append(rows.shifts)
            try into.addFeatures(scores, tile)
        }
        let given = try seeds(rows.results(of: summand))
        into.seeds = given
        var scaled: (shifts: [Float], features: Tensor)?
        for ((tile, scores), shift) in zip(zip(tiles.ranges, store), shifts) {
            if scaled?.shifts != shift {
                scaled = (shift, try into.scaledFeatures(by: rows.factors(given.sums, since: shift)))
            }
            guard let scaled else { continue }
            try into.setWeights(scores, tile, scaledFeatures: scaled.features, inverseNorms: tiles.inverseNorms)
            if bias != nil { try into.addBias(scores, tile, factors: rows.factors(given.sums, since: shift)) }
        }
        return try into.gradients(factors: rows.factors(given.sums, since: rows.shifts), bias: nil)
    }

    /// With a first pass for the sums alone.
    private func recomputedGradients(
        _ tiles: ClassTiles, _ rows: ClassRows, _ seeds: ([Double]) throws -> Seeds
    ) throws -> Gradients {
        for tile in tiles.ranges { try tiles.load(tile, rows, into: tiles.scores(tile)) }
        let sums = rows.results(of: summand)
        let given = try seeds(sums)
        let into = try GradientSums(self, seeds: given)
        let scaled = try into.scaledFeatures(by: given.sums)
        for tile in tiles.ranges {
            let scores = try tiles.scores(tile)
            try tiles.loadProbabilities(tile, logarithms: sums.map { Float($0) }, into: scores)
            try into.addFeatures(scores, tile)
            try into.setWeights(scores, tile, scaledFeatures: scaled, inverseNorms: tiles.inverseNorms)
            if bias != nil { try into.addBias(scores, tile, factors: given.sums) }
        }
        return try into.gradients(factors: given.sums, bias: nil)
    }
}
