import CKernels
import Torch

/// The gradients of a ``ClassStream``, as its tiles fill them in.
final class GradientSums {
    private let stream: ClassStream
    var seeds: ClassStream.Seeds?
    /// Σ_c G w_c, up to a factor per row.
    private let features: Tensor
    /// [C, D]; with a sink, memory for one tile.
    private let weights: Tensor
    private let bias: Tensor?

    init(_ stream: ClassStream, seeds: ClassStream.Seeds?) throws {
        self.stream = stream
        self.seeds = seeds
        features = try stream.features.zerosLike()
        weights =
            try stream.sink == nil
            ? stream.weights.emptyLike()
            : Tensor.empty([min(ClassStream.tileSize, stream.weights.size(0)), stream.weights.size(1)])
        bias = try stream.bias.map { try $0.zerosLike() }
    }

    private static let addProduct = Operator("aten::addmm_")
    private static let product = Operator("aten::mm.out")
    private static let vectorProduct = Operator("aten::mv.out")

    func addFeatures(_ scores: Tensor, _ tile: Range<Int>) throws {
        try Self.addProduct.perform(features, scores, stream.weights.sliced(tile), 1.0, 1.0)
    }

    func scaleFeatures(by factors: [Float]) throws {
        try features.multiply(by: Tensor(factors).unsqueezed(1))
    }

    /// ρ x times a factor per row.
    func scaledFeatures(by factors: [Float]) throws -> Tensor {
        try stream.features * Tensor(zip(factors, stream.scales).map { $0 * $1 }).unsqueezed(1)
    }

    /// The tile's rows: Gᵀ X, what the samples of these classes add, and the way from directions to weights.
    func setWeights(
        _ scores: Tensor, _ tile: Range<Int>, scaledFeatures: Tensor, inverseNorms: Tensor
    ) throws {
        let rows = try weights.sliced(stream.sink == nil ? tile : 0..<tile.count)
        try Self.product.perform(scores.transposed(), scaledFeatures, rows)
        try addOwnRows(tile, to: rows, inverseNorms: inverseNorms)
        if stream.isNormalized {
            let norms = try inverseNorms.sliced(tile)
            switch stream.convention {
            case .projected: try rows.multiply(by: (1 / norms).unsqueezed(1))
            case .differentiated: try makeTangent(rows, tile, norms)
            }
        }
        try stream.sink?.take(.range(tile), gradient: rows)
    }

    private func addOwnRows(_ tile: Range<Int>, to rows: Tensor, inverseNorms: Tensor) throws {
        guard let own = seeds?.ownRows else { return }
        let size = stream.weights.size(1)
        try rows.withElements(of: Float.self) { rows in
            try own.withElements(of: Float.self) { own in
                try inverseNorms.withElements(of: Float.self) { norms in
                    for (sample, column) in stream.columns.enumerated() where tile.contains(column) {
                        let start = (column - tile.lowerBound) * size
                        let norm = norms[column]
                        for place in 0..<size { rows[start + place] += norm * own[sample * size + place] }
                    }
                }
            }
        }
    }

    private func makeTangent(_ rows: Tensor, _ tile: Range<Int>, _ norms: Tensor) throws {
        let size = stream.weights.size(1)
        try rows.withElements(of: Float.self) { rows in
            try stream.weights.sliced(tile).withElements(of: Float.self) { weights in
                try norms.withElements(of: Float.self) { norms in
                    let lent = Lent((rows.baseAddress!, weights.baseAddress!, norms.baseAddress!))
                    let instructions = ck_best_instructions()
                    Libtorch.concurrently((tile.count + 255) / 256) { chunk in
                        let begin = chunk * 256
                        let (rows, weights, norms) = lent.value
                        ck_classes_tangent(
                            instructions, weights + begin * size, norms + begin, Int64(min(256, tile.count - begin)),
                            Int64(size), rows + begin * size)
                    }
                }
            }
        }
    }

    /// Of a bias per class, which inner products may have: Gᵀ 1.
    func addBias(_ scores: Tensor, _ tile: Range<Int>, factors: [Float]) throws {
        guard let bias, bias.count == stream.weights.size(0) else { return }
        try Self.vectorProduct.perform(scores.transposed(), Tensor(factors), bias.sliced(tile))
    }

    /// - Parameters:
    ///   - factors: by row, what the features' sums are still to be multiplied by.
    ///   - bias: that of a bias all classes share.
    func gradients(factors: [Float], bias shared: Tensor?) throws -> ClassStream.Gradients {
        try scaleFeatures(by: factors)
        return ClassStream.Gradients(
            scaledFeatures: features, weights: stream.sink == nil ? weights : nil,
            bias: bias.map { $0.count == 1 ? shared ?? $0 : $0 })
    }
}
