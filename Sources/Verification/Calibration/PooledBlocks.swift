/// A run of neighbouring scores that isotonic regression gives one value.
struct PooledBlock: Hashable, Sendable {
    /// The lowest and the highest score of the run.
    var lowest, highest: Double
    /// The weight of the genuine and of the impostor trials in it.
    var genuine, impostor: Double

    /// Whether this block's share of genuine trials is at least that of a later one: the order that pooling mends.
    func isNotBelow(_ later: PooledBlock) -> Bool {
        genuine * later.impostor >= later.genuine * impostor
    }

    func pooled(with later: PooledBlock) -> PooledBlock {
        PooledBlock(
            lowest: lowest, highest: later.highest, genuine: genuine + later.genuine,
            impostor: impostor + later.impostor)
    }
}

/// Pools adjacent violators: blocks of rising share of genuine trials.
///
/// The shares are the maximum-likelihood estimate of P(genuine | score) among all functions that do not fall with
/// the score. Ayer et al. 1955; Brümmer and du Preez, "Application-independent evaluation of speaker detection",
/// 2006.
struct PoolOfAdjacentViolators {
    private(set) var blocks: [PooledBlock] = []

    /// Adds a block of scores above all before, and pools it back as far as the order is violated.
    mutating func append(_ block: PooledBlock) {
        var block = block
        while let last = blocks.last, last.isNotBelow(block) {
            block = last.pooled(with: block)
            blocks.removeLast()
        }
        blocks.append(block)
    }
}

extension ErrorRateCurve {
    /// The pooled blocks of the curve's scores, ascending, in one step per run of scores of one side, which always
    /// lies in one block. A score's genuine and impostor trials lie in one block.
    func pooledBlocks() -> [PooledBlock] {
        var pool = PoolOfAdjacentViolators()
        forEachRun { genuine, impostor in
            let block = PooledBlock(
                lowest: min(
                    genuine.start < genuine.end ? self.genuine.scores[genuine.start] : .infinity,
                    impostor.start < impostor.end ? self.impostor.scores[impostor.start] : .infinity),
                highest: max(
                    genuine.start < genuine.end ? self.genuine.scores[genuine.end - 1] : -.infinity,
                    impostor.start < impostor.end ? self.impostor.scores[impostor.end - 1] : -.infinity),
                genuine: genuine.weight, impostor: impostor.weight)
            if block.genuine > 0 || block.impostor > 0 { pool.append(block) }
        }
        return pool.blocks
    }

    /// Calls `body` with each distinct score that carries weight, ascending, as a block of its own.
    @inline(__always)
    func forEachDistinctScore(_ body: (PooledBlock) -> Void) {
        genuine.withParts { genuine, genuineBefore in
            impostor.withParts { impostor, impostorBefore in
                var genuinePlace = 0
                var impostorPlace = 0
                while genuinePlace < genuine.count || impostorPlace < impostor.count {
                    let score = min(
                        genuinePlace < genuine.count ? genuine[genuinePlace] : .infinity,
                        impostorPlace < impostor.count ? impostor[impostorPlace] : .infinity)
                    let (genuineStart, impostorStart) = (genuinePlace, impostorPlace)
                    while genuinePlace < genuine.count, genuine[genuinePlace] == score { genuinePlace &+= 1 }
                    while impostorPlace < impostor.count, impostor[impostorPlace] == score { impostorPlace &+= 1 }
                    let block = PooledBlock(
                        lowest: score, highest: score,
                        genuine: genuineBefore.map { $0[genuinePlace] - $0[genuineStart] }
                            ?? Double(genuinePlace - genuineStart),
                        impostor: impostorBefore.map { $0[impostorPlace] - $0[impostorStart] }
                            ?? Double(impostorPlace - impostorStart))
                    if block.genuine > 0 || block.impostor > 0 { body(block) }
                }
            }
        }
    }
}
