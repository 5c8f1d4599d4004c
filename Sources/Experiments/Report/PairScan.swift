import Models
import Torch

/// What all pairs of a set's pictures show beside their scores: which are hardest, and how each identity fares.
struct PairScan {
    /// Two pictures, numbered as in the set, with their score.
    struct Pair: Equatable {
        let left: Int
        let right: Int
        let score: Double
    }

    /// One identity's pairs.
    struct Tally: Equatable {
        var genuineCount = 0
        var falseRejects = 0
        var genuineSum = 0.0
        var impostorCount = 0
        var falseAccepts = 0
        /// The highest score with a picture of somebody else, and who that is.
        var worstImpostor: (score: Double, identity: Int)?

        static func == (left: Tally, right: Tally) -> Bool {
            left.genuineCount == right.genuineCount && left.falseRejects == right.falseRejects
                && left.genuineSum == right.genuineSum && left.impostorCount == right.impostorCount
                && left.falseAccepts == right.falseAccepts && left.worstImpostor?.score == right.worstImpostor?.score
                && left.worstImpostor?.identity == right.worstImpostor?.identity
        }
    }

    /// Pairs of one identity with the lowest scores, each picture once.
    let hardestGenuine: [Pair]
    /// Pairs of two identities with the highest scores, each picture once.
    let hardestImpostor: [Pair]
    let tallies: [Tally]

    /// - Parameters:
    ///   - embeddings: [N, d], rows of length 1.
    ///   - identities: of each row, numbered from 0.
    ///   - threshold: at which decisions are counted.
    ///   - count: how many of the hardest pairs are wanted.
    init(_ embeddings: Tensor, identities: [Int], identityCount: Int, threshold: Double, count: Int = 8) throws {
        var tallies = [Tally](repeating: Tally(), count: identityCount)
        var genuine = Hardest(wanted: count)
        var impostor = Hardest(wanted: count)
        let total = embeddings.size(0)
        let blockSize = max(1, (1 << 22) / max(1, total))
        for start in stride(from: 0, to: total, by: blockSize) {
            let rows = start..<min(start + blockSize, total)
            let scores = try Scoring.matrix(embeddings.rows(Tensor(Array(rows))), embeddings).reals()
            for left in rows {
                for right in left + 1..<max(total, left + 1) {
                    let score = scores[(left - start) * total + right]
                    let (first, second) = (identities[left], identities[right])
                    if first == second {
                        tallies[first].genuineCount += 1
                        tallies[first].genuineSum += score
                        if score < threshold { tallies[first].falseRejects += 1 }
                        genuine.offer(-score, left, right)
                    } else {
                        for (own, other) in [(first, second), (second, first)] {
                            tallies[own].impostorCount += 1
                            if score >= threshold { tallies[own].falseAccepts += 1 }
                            if score > tallies[own].worstImpostor?.score ?? -.infinity {
                                tallies[own].worstImpostor = (score, other)
                            }
                        }
                        impostor.offer(score, left, right)
                    }
                }
            }
        }
        self.tallies = tallies
        hardestGenuine = genuine.chosen.map { Pair(left: $0.left, right: $0.right, score: -$0.score) }
        hardestImpostor = impostor.chosen
    }

    /// The pairs with the highest numbers, of which those are taken whose pictures were not taken before.
    private struct Hardest {
        let wanted: Int
        private var kept: [Pair] = []
        private let capacity: Int

        init(wanted: Int) {
            self.wanted = wanted
            // One picture can be in very many of the hardest pairs.
            capacity = 64 * max(1, wanted)
        }

        mutating func offer(_ score: Double, _ left: Int, _ right: Int) {
            if kept.count == capacity, let last = kept.last, score <= last.score { return }
            var (low, high) = (0, kept.count)
            while low < high {
                let middle = (low + high) / 2
                if kept[middle].score < score { high = middle } else { low = middle + 1 }
            }
            kept.insert(Pair(left: left, right: right, score: score), at: low)
            if kept.count > capacity { kept.removeLast() }
        }

        var chosen: [Pair] {
            var seen: Set<Int> = []
            var found: [Pair] = []
            for pair in kept where found.count < wanted && !seen.contains(pair.left) && !seen.contains(pair.right) {
                found.append(pair)
                seen.formUnion([pair.left, pair.right])
            }
            return found
        }
    }
}
