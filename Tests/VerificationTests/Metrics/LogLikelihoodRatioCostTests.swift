import Foundation
import Testing

@testable import Verification

struct LogLikelihoodRatioCostTests {
    @Test func scoresThatTellNothingCostOneBit() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [0, 0], impostor: [0, 0, 0]))
        #expect(curve.logLikelihoodRatioCost().isNear(1))
        #expect(curve.minimumLogLikelihoodRatioCost().isNear(1))
    }

    @Test func handComputed() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [log(3)], impostor: [-log(3), log(3)]))
        // log₂(4/3) for the genuine trial; log₂(4/3) and log₂ 4 for the impostors.
        #expect(curve.logLikelihoodRatioCost().isNear((log2(4.0 / 3) + (log2(4.0 / 3) + 2) / 2) / 2))
        // Pooled: the upper block has all of the genuine and half of the impostors, likelihood ratio 2.
        #expect(curve.minimumLogLikelihoodRatioCost().isNear((log2(1.5) + log2(3) / 2) / 2))
    }

    @Test func separatedScoresHaveNoLeastCost() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [800, 900], impostor: [-1000, -800]))
        #expect(curve.minimumLogLikelihoodRatioCost() == 0)
        #expect(curve.logLikelihoodRatioCost() < 1e-300)
        let wrong = ErrorRateCurve(try Scores(genuine: [-1000], impostor: [1000]))
        #expect(wrong.logLikelihoodRatioCost().isNear(1000 / log(2), within: 1e-9))
    }

    /// The least cost over all functions that do not fall is at most that of any such function, among them the
    /// function that the blocks themselves describe, which attains it.
    @Test(arguments: Samples.mixed)
    func theBlocksAttainTheMinimum(_ scores: Scores) throws {
        let curve = ErrorRateCurve(scores)
        let least = curve.minimumLogLikelihoodRatioCost()
        let blocks = curve.pooledBlocks()
        #expect(zip(blocks, blocks.dropFirst()).allSatisfy { $0.highest < $1.lowest })
        #expect(zip(blocks, blocks.dropFirst()).allSatisfy { $0.genuine * $1.impostor < $1.genuine * $0.impostor })
        func ratio(_ score: Double) -> Double {
            let block = blocks.first { score <= $0.highest } ?? blocks[blocks.count - 1]
            let ratio =
                (block.genuine / Double(scores.genuine.count)) / (block.impostor / Double(scores.impostor.count))
            return min(max(log(ratio), -700), 700)
        }
        let calibrated = ErrorRateCurve(
            try Scores(genuine: scores.genuine.map(ratio), impostor: scores.impostor.map(ratio)))
        #expect(calibrated.logLikelihoodRatioCost().isNear(least, within: 1e-12))
        for slope in [0.5, 1, 3] {
            let other = ErrorRateCurve(
                try Scores(genuine: scores.genuine.map { slope * $0 }, impostor: scores.impostor.map { slope * $0 }))
            #expect(other.logLikelihoodRatioCost() >= least)
        }
    }
}
