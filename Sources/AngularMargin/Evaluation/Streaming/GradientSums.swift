import CKernels
import Torch

/// Gradients as they come in, tile by tile.
final class GradientSums {
    private let stream: ClassStream
    /// Known once the sums over all classes are.
    var seeds: ClassStream.Seeds?
    /// Σ_c G w_c, up to a factor per row.
    private let features: Tensor
    /// [C, D]; `nil` where a sink takes the rows, or nobody does.
    private let weights: Tensor?
    private let bias: Tensor?

    /// - Parameter ofFeaturesAlone: whether there is no place for the others.
    init(_ stream: ClassStream, ofFeaturesAlone: Bool = false) throws {
        self.stream = stream
        features = try stream.features.zerosLike()
        weights = stream.sink == nil && !ofFeaturesAlone ? try stream.weights.emptyLike() : nil
        bias = try stream.bias.map { try $0.zerosLike() }
    }

    private static let vectorProduct = Operator("aten::mv.out")
    private static let addRows = Operator("aten::index_add_")

    func addFeatures(_ scores: Tensor, _ tile: Range<Int>) throws {
        try features.add(scores.product(stream.weights.sliced(tile)))
    }

    /// Adds those of a stream of some of the samples.
    func addFeatures(of part: GradientSums, at samples: [Int]) throws {
        try Self.addRows.perform(features, 0, Tensor(samples), part.features)
    }

    func scaleFeatures(by factors: [Float]) throws {
        try features.multiply(by: Tensor(factors).unsqueezed(1))
    }

    /// The tile's rows: Gᵀ X, what the samples of these classes add, and the way from directions to weights.
    func setWeights(
        _ scores: Tensor, _ tile: Range<Int>, scaledFeatures: Tensor, inverseNorms: Tensor
    ) throws {
        let rows = try scores.transposed().product(scaledFeatures)
        let places = stream.columns.map { tile.contains($0) ? $0 - tile.lowerBound : -1 }
        let classes = try (weights: stream.weights.sliced(tile), norms: inverseNorms.sliced(tile))
        try addOwnRows(at: places, of: classes, to: rows)
        let result = try weights?.sliced(tile)
        try finish(rows, of: classes, into: result)
        if result == nil { try stream.sink?.take(.range(tile), gradient: rows) }
    }

    /// The rows of a tile to which nothing comes but what the samples of these classes add.
    func setOwnWeights(_ tile: Range<Int>, inverseNorms: Tensor) throws {
        try weights?.sliced(tile).fill(0)
        let present = Set(stream.columns.filter(tile.contains)).sorted()
        guard !present.isEmpty else { return }
        let index = Dictionary(uniqueKeysWithValues: present.enumerated().map { ($1, $0) })
        let chosen = try Tensor(present)
        let classes = try (weights: stream.weights.rows(chosen), norms: inverseNorms.rows(chosen))
        let rows = try classes.weights.zerosLike()
        try addOwnRows(at: stream.columns.map { index[$0] ?? -1 }, of: classes, to: rows)
        try finish(rows, of: classes, into: nil)
        if let weights { try Self.addRows.perform(weights, 0, chosen, rows) }
        try stream.sink?.take(.list(present), gradient: rows)
    }

    private typealias Classes = (weights: Tensor, norms: Tensor)

    /// - Parameter places: the row of each sample's own class; −1 where there is none.
    private func addOwnRows(at places: [Int], of classes: Classes, to rows: Tensor) throws {
        guard let seeds, places.contains(where: { $0 >= 0 }) else { return }
        let columns = KernelNumbers(places.map { Int32($0) })
        let (own, lengthwise) = (KernelNumbers(seeds.own), seeds.lengthwise.map { KernelNumbers($0) })
        let (to, features) = (try KernelTensor(rows), try KernelTensor(stream.features))
        let (weights, norms) = (try KernelTensor(classes.weights), try KernelTensor(classes.norms))
        ck_samples_add_own(
            ck_best_instructions(),
            ck_own_rows(
                count: Int64(columns.count), size: Int64(stream.weights.size(1)), columns: columns.pointer,
                inverse_norms: norms.pointer, rows: features.pointer, weights: weights.pointer, own: own.pointer,
                lengthwise: lengthwise?.pointer), to.pointer)
        withExtendedLifetime((columns, own, lengthwise, to, features, weights, norms)) {}
    }

    /// From the gradient of directions, up to 1/‖w‖, to that of the weights; in place where there is no `result`.
    private func finish(_ rows: Tensor, of classes: Classes, into result: Tensor?) throws {
        if stream.isNormalized, stream.convention == .differentiated {
            return try setTangent(of: rows, classes, into: result ?? rows)
        }
        if stream.isNormalized { try rows.multiply(by: (1 / classes.norms).unsqueezed(1)) }
        try result?.copy(from: rows)
    }

    private func setTangent(of rows: Tensor, _ classes: Classes, into result: Tensor) throws {
        let (count, size) = (rows.size(0), rows.size(1))
        let (from, to) = (try KernelTensor(rows), try KernelTensor(result))
        let (weights, norms) = (try KernelTensor(classes.weights), try KernelTensor(classes.norms))
        let chunkSize = 64
        Libtorch.concurrently((count + chunkSize - 1) / chunkSize) { chunk in
            let begin = chunk * chunkSize
            ck_classes_tangent(
                ck_best_instructions(), weights.pointer + begin * size, norms.pointer + begin,
                Int64(min(chunkSize, count - begin)), Int64(size), from.pointer + begin * size,
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
