import TestSupport
import Testing
import Torch

@testable import Training

@Suite struct AccumulationTests {
    @Test func piecesCoverABatchEvenly() {
        #expect(TrainingLoop.pieces(of: 8, number: 1) == [0..<8])
        #expect(TrainingLoop.pieces(of: 8, number: 3) == [0..<2, 2..<5, 5..<8])
        #expect(TrainingLoop.pieces(of: 2, number: 4) == [0..<1, 1..<2])
    }

    private func largestDifference(_ first: [[Double]], _ second: [[Double]]) -> Double {
        zip(first.joined(), second.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }

    /// Also in pieces of different sizes, which must count by their samples: 8 in 3 and 5.
    @Test(arguments: [2, 3, 5, 8])
    func withoutBatchNormalizationPiecesAreTheWholeBatch(_ number: Int) throws {
        for head in ["cosface", "sphereface2"] {
            var whole = ToyRun(
                epochs: 2, hasBatchNormalization: false, gradientNormLimit: 5, head: head, headValues: [:])
            let expected = try whole.finalWeights()
            whole.change = { $0.accumulation = number }
            let found = try whole.finalWeights()
            #expect(largestDifference(found, expected) < 2e-6)
        }
    }

    @Test func reportsAreTheWholeBatchs() throws {
        var run = ToyRun(epochs: 1, batch: 32, hasBatchNormalization: false)
        let whole = try run.reports()[0]
        run.change = { $0.accumulation = 5 }
        let pieces = try run.reports()[0]
        #expect(pieces.sampleCount == 32 && pieces.accuracy == whole.accuracy)
        #expect(abs(pieces.loss - whole.loss) < 1e-5 && abs(pieces.gradientNorm / whole.gradientNorm - 1) < 1e-4)
        #expect(abs((pieces.targetAngle ?? 0) - (whole.targetAngle ?? 9)) < 1e-6)
    }

    /// Batch normalisation sees the pieces, as everywhere.
    @Test func withBatchNormalizationTheyAreNot() throws {
        var run = ToyRun(epochs: 1)
        let whole = try run.finalWeights()
        run.change = { $0.accumulation = 4 }
        #expect(try largestDifference(run.finalWeights(), whole) > 1e-4)
    }
}
