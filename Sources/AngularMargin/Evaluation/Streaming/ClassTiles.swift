import CKernels
import Torch

/// The classes cut into tiles, and the products of features with them.
final class ClassTiles: @unchecked Sendable {
    private let stream: ClassStream
    let ranges: [Range<Int>]
    /// 1 / ‖w‖ where directions count, else 1; filled in as tiles are first loaded. [C]
    let inverseNorms: Tensor
    private let biases: Tensor?
    private let buffer: Tensor
    private let rowScales: Tensor
    private let largestFeature: Float
    private var areNormsKnown = false

    init(_ stream: ClassStream) throws {
        self.stream = stream
        let count = stream.weights.size(0)
        let size = min(ClassStream.tileSize, count)
        ranges = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
        inverseNorms = try Tensor.ones([count])
        biases = try stream.bias.map { $0.count == count ? $0 : try $0.expanded([size]).contiguous() }
        buffer = try Tensor.empty([stream.columns.count * size])
        rowScales = try Tensor(stream.scales)
        largestFeature = Float(try stream.features.norm([1]).maximum([0]).item())
    }

    /// Whether the scores of all tiles together take no more memory than so many bytes.
    func fit(_ bytes: Int) -> Bool { 4 * stream.columns.count * inverseNorms.count <= bytes }

    /// Memory for a tile's scores, the same for every tile: [B, classes of the tile].
    func scores(_ tile: Range<Int>) throws -> Tensor {
        let count = stream.columns.count
        return try buffer.sliced(0..<(count * tile.count)).reshaped([count, tile.count])
    }

    /// Products, then what gradients need of them; rows take in the tile's sums.
    func load(_ tile: Range<Int>, _ rows: ClassRows, into scores: Tensor) throws {
        try multiply(tile, into: scores)
        try findNorms(tile)
        try withTile(tile, scores) { [summand = stream.summand] kernel, instructions, scores, begin, end in
            switch summand {
            case .exponential:
                ck_classes_exponentials(
                    instructions, kernel, rows.forKernel, Int64(tile.lowerBound), begin, end, scores)
            case .logistic(let function):
                ck_classes_logistic(
                    instructions, kernel, rows.forKernel, function, Int64(tile.lowerBound), begin, end, scores,
                    rows.sigmoidsForKernel)
            }
        }
    }

    /// Products, then probabilities among the other classes, from the logarithms of the sums.
    func loadProbabilities(_ tile: Range<Int>, logarithms: [Float], into scores: Tensor) throws {
        try multiply(tile, into: scores)
        let logarithms = try Tensor(logarithms)
        try logarithms.withElements(of: Float.self) { logarithms in
            let sums = Lent(logarithms.baseAddress)
            try withTile(tile, scores) { kernel, instructions, scores, begin, end in
                ck_classes_probabilities(instructions, kernel, sums.pointer, begin, end, scores)
            }
        }
    }

    private static let product = Operator("aten::mm.out")

    private func multiply(_ tile: Range<Int>, into scores: Tensor) throws {
        try Self.product.perform(stream.features, stream.weights.sliced(tile).transposed(), scores)
    }

    /// - Throws: ``ClassStream/NotServed`` where float32 may not hold what is to come.
    private func findNorms(_ tile: Range<Int>) throws {
        let size = stream.weights.size(1)
        let isUsual = Flags(count: tile.count)
        try stream.weights.sliced(tile).withElements(of: Float.self) { weights in
            try inverseNorms.sliced(tile).withElements(of: Float.self) { norms in
                let weights = Lent(weights.baseAddress)
                let norms = Lent(norms.baseAddress)
                let instructions = ck_best_instructions()
                let chunks = (tile.count + 255) / 256
                Libtorch.concurrently(chunks) { chunk in
                    let begin = chunk * 256
                    isUsual[chunk] = ck_classes_inverse_norms(
                        instructions, weights.pointer! + begin * size, Int64(min(256, tile.count - begin)), Int64(size),
                        norms.pointer! + begin)
                }
                guard isUsual.prefix(chunks) else { throw ClassStream.NotServed() }
                guard !stream.isNormalized else { return }
                // The lengths count: products must stay far from the ends of the type.
                for place in 0..<tile.count {
                    guard largestFeature <= 1e6 * norms.pointer![place] else { throw ClassStream.NotServed() }
                    norms.pointer![place] = 1
                }
            }
        }
    }

    private func withTile(
        _ tile: Range<Int>, _ scores: Tensor,
        _ body: @escaping @Sendable (ck_class_tile, ck_instructions, UnsafeMutablePointer<Float>, Int64, Int64) -> Void
    ) throws {
        let own = stream.columns.map { Int32(tile.contains($0) ? $0 - tile.lowerBound : -1) }
        try scores.withElements(of: Float.self) { scores in
            try inverseNorms.sliced(tile).withElements(of: Float.self) { norms in
                try rowScales.withElements(of: Float.self) { scales in
                    try biasesOf(tile) { biases in
                        own.withUnsafeBufferPointer { own in
                            let kernel = Lent(
                                ck_class_tile(
                                    classes: Int64(tile.count), scales: scales.baseAddress,
                                    inverse_norms: norms.baseAddress, biases: biases, own: own.baseAddress))
                            let scores = Lent(scores.baseAddress!)
                            let instructions = ck_best_instructions()
                            let count = stream.columns.count
                            let chunks = min(count, 16)
                            Libtorch.concurrently(chunks) { chunk in
                                body(
                                    kernel.value, instructions, scores.value, Int64(count * chunk / chunks),
                                    Int64(count * (chunk + 1) / chunks))
                            }
                        }
                    }
                }
            }
        }
    }

    private func biasesOf(_ tile: Range<Int>, _ body: (UnsafePointer<Float>?) -> Void) throws {
        guard let biases else { return body(nil) }
        let own = biases.count == inverseNorms.count ? try biases.sliced(tile) : biases
        try own.withElements(of: Float.self) { body($0.baseAddress) }
    }
}

/// Something that threads may share while the one that lends it waits for them.
struct Lent<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}

extension Lent where Value == UnsafeMutablePointer<Float>? {
    var pointer: UnsafeMutablePointer<Float>? { value }
}

/// A yes or no from each of several threads.
private final class Flags: @unchecked Sendable {
    private let memory: UnsafeMutablePointer<Bool>

    init(count: Int) {
        memory = .allocate(capacity: count)
        memory.initialize(repeating: true, count: count)
    }

    deinit { memory.deallocate() }

    subscript(index: Int) -> Bool {
        get { memory[index] }
        set { memory[index] = newValue }
    }

    func prefix(_ count: Int) -> Bool { (0..<count).allSatisfy { memory[$0] } }
}
