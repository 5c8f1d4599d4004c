import CKernels
import Torch

/// The gradients of a ``ClassStream``, as its tiles fill them in.
final class GradientSums {
    private let stream: ClassStream
    var seeds: ClassStream.Seeds?
    /// Σ_c G w_c, up to a factor per row.
    private let features: Tensor
    private let weights: Tensor
    private let bias: Tensor?

    init(_ stream: ClassStream, seeds: ClassStream.Seeds?) throws {
        self.stream = stream
        self.seeds = seeds
        features = try stream.features.zerosLike()
        weights = try stream.weights.emptyLike()
        bias = try stream.bias.map { try $0.zerosLike() }
    }

    private static let vectorProduct = Operator("aten::mv.out")

    func addFeatures(_ scores: Tensor, _ tile: Range<Int>) throws {
        try features.add(scores.product(stream.weights.sliced(tile)))
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
        let rows = try scores.transposed().product(scaledFeatures)
        try addOwnRows(tile, to: rows, inverseNorms: inverseNorms)
        let result = try weights.sliced(tile)
        guard stream.isNormalized else { return try result.copy(from: rows) }
        let norms = try inverseNorms.sliced(tile)
        switch stream.convention {
        case .projected: try result.copy(from: rows * (1 / norms).unsqueezed(1))
        case .differentiated: try setTangent(of: rows, to: result, tile, norms)
        }
    }

    private func addOwnRows(_ tile: Range<Int>, to rows: Tensor, inverseNorms: Tensor) throws {
        guard let seeds else { return }
        let columns = KernelNumbers(
            stream.columns.map { Int32(tile.contains($0) ? $0 - tile.lowerBound : -1) })
        guard columns.array.contains(where: { $0 >= 0 }) else { return }
        let (own, lengthwise) = (KernelNumbers(seeds.own), seeds.lengthwise.map { KernelNumbers($0) })
        let (to, features) = (try KernelTensor(rows), try KernelTensor(stream.features))
        let weights = try KernelTensor(stream.weights.sliced(tile))
        let norms = try KernelTensor(inverseNorms.sliced(tile))
        ck_samples_add_own(
            ck_best_instructions(),
            ck_own_rows(
                count: Int64(columns.count), size: Int64(stream.weights.size(1)), columns: columns.pointer,
                inverse_norms: norms.pointer, rows: features.pointer, weights: weights.pointer, own: own.pointer,
                lengthwise: lengthwise?.pointer), to.pointer)
        withExtendedLifetime((columns, own, lengthwise)) {}
    }

    private func setTangent(of rows: Tensor, to result: Tensor, _ tile: Range<Int>, _ norms: Tensor) throws {
        let size = stream.weights.size(1)
        let (from, to) = (try KernelTensor(rows), try KernelTensor(result))
        let (weights, norms) = (try KernelTensor(stream.weights.sliced(tile)), try KernelTensor(norms))
        let chunkSize = 64
        Libtorch.concurrently((tile.count + chunkSize - 1) / chunkSize) { chunk in
            let begin = chunk * chunkSize
            ck_classes_tangent(
                ck_best_instructions(), weights.pointer + begin * size, norms.pointer + begin,
                Int64(min(chunkSize, tile.count - begin)), Int64(size), from.pointer + begin * size,
                to.pointer + begin * size)
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
    func gradients(factors: [Float], bias shared: Tensor?) -> ClassStream.Gradients {
        ClassStream.Gradients(
            sums: features, factors: factors, weights: weights, bias: bias.map { $0.count == 1 ? shared ?? $0 : $0 })
    }
}
