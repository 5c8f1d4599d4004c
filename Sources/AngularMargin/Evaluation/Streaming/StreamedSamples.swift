import CKernels
import Torch

/// What is known of each sample without the other classes, in numbers of their own: no graph is recorded.
struct StreamedSamples: Sendable {
    /// The own class of each sample among those compared.
    let columns: [Int64]
    /// ‖x‖
    let norms: [Double]
    /// ‖w_y‖
    let ownLengths: [Double]
    /// cos θ, or x·w, of the own class.
    let own: [Double]
    /// cos θ of the own class; 0 where a length is.
    let targetCosines: [Double]
    /// [B, D]; and their directions, where cosines are compared.
    private let features: KernelTensor
    private let directions: KernelTensor?
    /// The own classes' weights, [B, D]: as they were, whatever becomes of the matrix.
    private let ownWeights: KernelTensor

    /// Rows as they are compared, [B, D]: directions, or features.
    var rows: Tensor { (directions ?? features).tensor }

    /// - Parameters:
    ///   - features: [B, D], float32.
    ///   - weights: [C, D], float32, contiguous.
    /// - Returns: `nil` for numbers too large to be computed without care.
    init?(features: Tensor, weights: Tensor, columns: [Int64], similarity: Similarity) throws {
        self.columns = columns
        self.features = try KernelTensor(features.detached().contiguous())
        ownWeights = try KernelTensor(weights.detached().rows(Tensor(columns)))
        directions = similarity == .cosine ? try KernelTensor(features.detached().emptyLike().contiguous()) : nil
        let count = columns.count
        let measures = (0..<3).map { _ in KernelNumbers(0.0, count: count) }
        let samples = Self.forKernel(self.features, ownWeights)
        Self.concurrently(count) { [directions] begin, end in
            ck_samples_measure(
                ck_best_instructions(), samples.value,
                ck_sample_measures(
                    norms: measures[0].pointer, lengths: measures[1].pointer, products: measures[2].pointer),
                begin, end, directions?.pointer)
        }
        norms = measures[0].array
        ownLengths = measures[1].array
        let products = measures[2].array
        guard norms.allSatisfy({ $0 <= 1e6 }), ownLengths.allSatisfy({ $0 > 0 && $0 <= 1e15 }) else { return nil }
        targetCosines = products.indices.map { row in
            measures[0].pointer[row] == 0
                ? 0 : products[row] / (measures[0].pointer[row] * measures[1].pointer[row])
        }
        self.own = similarity == .cosine ? targetCosines : products
    }

    /// A number per sample as heads look at them, [B, 1].
    static func column(_ numbers: [Double]) throws -> Tensor {
        try Tensor(numbers.map { Float($0) }, shape: [numbers.count, 1])
    }

    /// How the loss depends on each sample, apart from the sum over the other classes; see `ck_sample_slopes`.
    struct Slopes {
        let others: [Float]
        let own: [Float]
        let along: [Float]
        let alongSum: [Float]
    }

    /// Turns Σ_c G_c w_c over the other classes, [B, D], into the gradient of the loss with respect to the features.
    func makeGradients(of sums: Tensor, _ slopes: Slopes) throws {
        let sums = try KernelTensor(sums)
        let norms = KernelNumbers(norms)
        let numbers = [slopes.others, slopes.own, slopes.along, slopes.alongSum].map { KernelNumbers($0) }
        let samples = Self.forKernel(features, ownWeights)
        Self.concurrently(columns.count) { [directions] begin, end in
            ck_samples_gradients(
                ck_best_instructions(), samples.value,
                ck_sample_slopes(
                    norms: norms.pointer, others: numbers[0].pointer, own: numbers[1].pointer,
                    along: numbers[2].pointer, along_sum: numbers[3].pointer, is_normalized: directions != nil),
                begin, end, directions?.pointer, sums.pointer)
        }
    }

    private static func forKernel(_ features: KernelTensor, _ ownWeights: KernelTensor) -> Lent<ck_samples> {
        Lent(
            ck_samples(
                size: Int64(features.tensor.size(1)), features: features.pointer, weights: ownWeights.pointer))
    }

    private static func concurrently(_ count: Int, _ body: @Sendable (Int64, Int64) -> Void) {
        let chunks = min(count, 16)
        Libtorch.concurrently(chunks) { chunk in
            body(Int64(count * chunk / chunks), Int64(count * (chunk + 1) / chunks))
        }
    }
}
