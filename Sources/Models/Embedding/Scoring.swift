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
    /// The pairs are scored in blocks, so that memory does not grow with the number of trials.
    public static func scores(of list: TrialList, embeddings: Tensor, blockSize: Int = 1 << 16) throws -> [Double] {
        var scores: [Double] = []
        scores.reserveCapacity(list.count)
        for start in stride(from: 0, to: list.count, by: blockSize) {
            let pairs = (start..<min(start + blockSize, list.count)).map { list[$0] }
            let left = try embeddings.rows(Tensor(pairs.map(\.left)))
            let right = try embeddings.rows(Tensor(pairs.map(\.right)))
            scores += try (left * right).sum([1]).reals()
        }
        return scores
    }

    /// The trials of a list, scored.
    public static func trials(_ list: TrialList, embeddings: Tensor) throws -> ScoredTrials {
        try ScoredTrials(list, scores: scores(of: list, embeddings: embeddings))
    }
}
