import CKernels
import Torch

/// The classes cut into tiles, and the products of features with them.
final class ClassTiles: Sendable {
    private let stream: Lent<ClassStream>
    let ranges: [Range<Int>]
    /// 1 / ‖w‖ where directions count, else 1; filled in as tiles are first loaded. [C]
    let inverseNorms: Tensor
    private let areNormsKnown: Bool
    private let biases: Tensor?
    private let scales: KernelNumbers<Float>
    private let largestFeature: Float

    /// - Parameter inverseNorms: those of all classes, where they are known.
    init(_ stream: ClassStream, inverseNorms: Tensor? = nil) throws {
        self.stream = Lent(stream)
        let count = stream.weights.size(0)
        let size = min(ClassStream.tileSize, count)
        ranges = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
        self.inverseNorms = try inverseNorms ?? .ones([count])
        areNormsKnown = inverseNorms != nil
        biases = try stream.bias.map { try ($0.count == count ? $0 : $0.expanded([size])).contiguous() }
        scales = KernelNumbers(stream.scales)
        largestFeature =
            stream.isNormalized ? 1 : Float(try stream.features.norm([1]).maximum([0]).item())
    }

    /// How many tiles' scores take no more memory than so many bytes.
    func count(in bytes: Int) -> Int {
        let perClass = 4 * stream.value.columns.count
        return ranges.prefix { $0.upperBound * perClass <= bytes }.count
    }

    /// Of a tile, [B, classes of the tile]: exponentials, or slopes, as gradients need them; rows take in its sums.
    func load(_ tile: Range<Int>, _ rows: ClassRows) throws -> Tensor {
        let scores = try products(tile)
        if !areNormsKnown { try findNorms(tile) }
        try onRows(of: tile, scores) { [summand = Lent(stream.value.summand)] kernel, scores, begin, end in
            switch summand.value {
            case .exponential:
                ck_classes_exponentials(
                    ck_best_instructions(), kernel, rows.forKernel, Int64(tile.lowerBound), begin, end, scores)
            case .logistic(let function):
                ck_classes_logistic(
                    ck_best_instructions(), kernel, rows.forKernel, function, Int64(tile.lowerBound), begin, end,
                    scores, rows.sigmoidsForKernel)
            }
        }
        return scores
    }

    /// Of a tile, [B, classes of the tile]: probabilities among the other classes, from the logarithms of the sums.
    func loadProbabilities(_ tile: Range<Int>, logarithms: [Float]) throws -> Tensor {
        let scores = try products(tile)
        let logarithms = KernelNumbers(logarithms)
        try onRows(of: tile, scores) { kernel, scores, begin, end in
            ck_classes_probabilities(ck_best_instructions(), kernel, logarithms.pointer, begin, end, scores)
        }
        return scores
    }

    private func products(_ tile: Range<Int>) throws -> Tensor {
        try stream.value.features.product(stream.value.weights.sliced(tile).transposed())
    }

    /// The same with all norms known, so that no tile can be refused any more.
    ///
    /// - Throws: ``ClassStream/NotServed``
    func withNorms() throws -> ClassTiles {
        for tile in ranges { try findNorms(tile) }
        return try ClassTiles(stream.value, inverseNorms: inverseNorms)
    }

    /// - Throws: ``ClassStream/NotServed`` where float32 may not hold what is to come.
    private func findNorms(_ tile: Range<Int>) throws {
        let size = stream.value.weights.size(1)
        let weights = try KernelTensor(stream.value.weights.sliced(tile))
        let norms = try KernelTensor(inverseNorms.sliced(tile))
        let chunkSize = 256
        let chunks = (tile.count + chunkSize - 1) / chunkSize
        let isUsual = KernelNumbers(true, count: chunks)
        Libtorch.concurrently(chunks) { chunk in
            let begin = chunk * chunkSize
            isUsual.pointer[chunk] = ck_classes_inverse_norms(
                ck_best_instructions(), weights.pointer + begin * size, Int64(min(chunkSize, tile.count - begin)),
                Int64(size), norms.pointer + begin)
        }
        guard isUsual.array.allSatisfy(\.self) else { throw ClassStream.NotServed() }
        guard !stream.value.isNormalized else { return }
        // The lengths count: products must stay far from the ends of the type.
        for place in 0..<tile.count {
            guard largestFeature <= 1e6 * norms.pointer[place] else { throw ClassStream.NotServed() }
            norms.pointer[place] = 1
        }
    }

    private func onRows(
        of tile: Range<Int>, _ scores: Tensor,
        _ body: @Sendable (ck_class_tile, UnsafeMutablePointer<Float>, Int64, Int64) -> Void
    ) throws {
        let columns = stream.value.columns
        let own = KernelNumbers(columns.map { Int32(tile.contains($0) ? $0 - tile.lowerBound : -1) })
        let norms = try KernelTensor(inverseNorms.sliced(tile))
        let biases = try biases.map {
            try KernelTensor($0.count == inverseNorms.count ? $0.sliced(tile) : $0)
        }
        let scores = try KernelTensor(scores)
        let chunks = min(columns.count, 16)
        Libtorch.concurrently(chunks) { [scales] chunk in
            let kernel = ck_class_tile(
                classes: Int64(tile.count), scales: scales.pointer, inverse_norms: norms.pointer,
                biases: biases?.pointer, own: own.pointer)
            body(
                kernel, scores.pointer, Int64(columns.count * chunk / chunks),
                Int64(columns.count * (chunk + 1) / chunks))
        }
    }
}
