import CKernels
import Torch
import Verification

/// Cosine scores between embeddings, by matrix products.
public enum Scoring {
    /// The scores of every row of `left` against every row of `right`, [N, M]. Rows have length 1.
    public static func matrix(_ left: Tensor, _ right: Tensor) throws -> Tensor {
        try left.matmul(right.transposed())
    }

    /// One score per pair of a trial list, in its order.
    ///
    /// A list names a small part of all pairs, at random places, so every pair is a product of its own: the whole
    /// matrix would take many times the arithmetic, and rows gathered for an elementwise product many times the
    /// memory traffic. Sums are float32.
    public static func scores(of list: TrialList, embeddings: Tensor) throws -> [Double] {
        precondition(embeddings.size(0) >= list.itemCount, "one row per item of the list")
        let width = embeddings.size(1)
        let instructions = ck_best_instructions()
        var products = [Float](repeating: 0, count: list.count)
        try embeddings.to(.float32).withElements(of: Float.self) { rows in
            guard let rows = rows.baseAddress, list.count > 0 else { return }
            list.left.withUnsafeBufferPointer { left in
                list.right.withUnsafeBufferPointer { right in
                    products.withUnsafeMutableBufferPointer { products in
                        // Every score is written by one thread alone; the rest is read.
                        nonisolated(unsafe) let (rows, left, right, products) = (rows, left, right, products)
                        Libtorch.concurrently((list.count + blockSize - 1) / blockSize) { block in
                            let start = block * blockSize
                            guard let left = left.baseAddress, let right = right.baseAddress,
                                let products = products.baseAddress
                            else { return }
                            ck_pair_products(
                                instructions, rows, Int64(width), left + start, right + start,
                                Int64(min(blockSize, list.count - start)), products + start)
                        }
                    }
                }
            }
        }
        return products.map(Double.init)
    }

    private static let blockSize = 1 << 13

    /// The trials of a list, scored.
    public static func trials(_ list: TrialList, embeddings: Tensor) throws -> ScoredTrials {
        try ScoredTrials(list, scores: scores(of: list, embeddings: embeddings))
    }

    /// Lends the scores of every row of `left` against all rows of `right`, one row at a time, several at once on
    /// different threads. Memory does not grow with the number of rows of `left`.
    public static func forEachRow(
        _ left: Tensor, against right: Tensor, _ body: @Sendable (Int, UnsafeBufferPointer<Float>) -> Void
    ) throws {
        let (left, right) = try (left.to(.float32), right.to(.float32).transposed())
        let width = right.size(1)
        let together = max(1, min(left.size(0), (1 << 24) / max(width, 1)))
        for start in stride(from: 0, to: left.size(0), by: together) {
            let count = min(together, left.size(0) - start)
            let scores = try left.sliced(start..<start + count).product(right)
            try scores.withElements(of: Float.self) { memory in
                nonisolated(unsafe) let memory = UnsafeBufferPointer(memory)
                Libtorch.concurrently(count) { row in
                    body(start + row, UnsafeBufferPointer(rebasing: memory[row * width..<(row + 1) * width]))
                }
            }
        }
    }
}
