import CKernels
import Foundation
import Torch
import Verification

/// What many draws of noise do to the decisions, counted per segment.
///
/// The scores of all people under all draws are one matrix product, Z·Xᵀ. It is never stored: a tile of people is
/// multiplied with a block of draws and counted while it is hot. Noise of any size is a multiple of the same draws,
/// so that one product serves all sizes: a person decides for the positive class where z·x ≥ −h(x)/σ. What stays is
/// one number per draw, segment and size. Scores are float32.
package struct NoiseDraws: Sendable {
    let drawCount: Int
    let scales: [Double]
    /// Decisions for the positive class: [size][segment][draw].
    private let positives: [Int32]
    private let people: AuditedPeople
    /// Per draw of unit size: θ·z and ‖z‖².
    private let products: [Double]
    private let squares: [Double]
    private let modelNorm: Double

    package static let drawBlock = 1000
    package static let tileSize = 1024
    private static let productOperator = Operator("aten::mm.out")

    package init(
        _ people: AuditedPeople, model: LinearModel, mechanism: NoiseMechanism, scales: [Double], drawCount: Int,
        seed: UInt64
    ) throws {
        precondition(drawCount > 0 && !scales.isEmpty, "draws of some size")
        self.people = people
        self.drawCount = drawCount
        self.scales = scales
        modelNorm = model.norm
        let segments = people.segments
        var positives = [Int32](repeating: 0, count: scales.count * segments.count * drawCount)
        var (products, squares): ([Double], [Double]) = ([], [])
        for start in stride(from: 0, to: drawCount, by: Self.drawBlock) {
            let draws = start..<min(start + Self.drawBlock, drawCount)
            let noise = Self.unitNoise(draws, people.dimension, mechanism, seed)
            for draw in noise {
                products.append(zip(draw, model.coefficients).reduce(0) { $0 + $1.0 * $1.1 })
                squares.append(draw.reduce(0) { $0 + $1 * $1 })
            }
            let matrix = try Tensor(noise.flatMap { $0.map(Float.init) }, shape: [draws.count, people.dimension])
            try Self.count(matrix, people, scales, first: start, drawCount: drawCount, into: &positives)
        }
        self.positives = positives
        self.products = products
        self.squares = squares
    }

    /// Every draw has its own generator, so that the number of draws does not change the first ones.
    private static func unitNoise(
        _ draws: Range<Int>, _ dimension: Int, _ mechanism: NoiseMechanism, _ seed: UInt64
    ) -> [[Double]] {
        draws.map { draw in
            var generator = SplitMix64(seed: seed, stream: UInt64(draw))
            return mechanism.draw(dimension: dimension, scale: 1, using: &generator)
        }
    }

    private static func count(
        _ noise: Tensor, _ people: AuditedPeople, _ scales: [Double], first: Int, drawCount: Int,
        into positives: inout [Int32]
    ) throws {
        let blockCount = noise.size(0)
        let segments = people.segments
        let scratch = try Tensor.empty([blockCount * tileSize])
        var thresholds = [Float](repeating: 0, count: scales.count * tileSize)
        let instructions = ck_best_instructions()
        for start in stride(from: 0, to: people.count, by: tileSize) {
            let tile = start..<min(start + tileSize, people.count)
            let features = try people.features.sliced(tile).to(.float32)
            let scores = try scratch.sliced(0..<blockCount * tile.count).reshaped([blockCount, tile.count])
            try productOperator.perform(noise, features.transposed(), scores)
            for (size, scale) in scales.enumerated() {
                for person in tile {
                    thresholds[size * tileSize + person - start] = Float(-people.scores[person] / scale)
                }
            }
            let pieces = segments.indices.compactMap { place -> (segment: Int, range: Range<Int>)? in
                let range = segments[place].range.clamped(to: tile)
                return range.isEmpty ? nil : (place, range.lowerBound - start..<range.upperBound - start)
            }
            try scores.withElements(of: Float.self) { memory in
                thresholds.withUnsafeBufferPointer { thresholds in
                    positives.withUnsafeMutableBufferPointer { positives in
                        // Every draw's places are written by one thread alone; the rest is read.
                        nonisolated(unsafe) let (memory, thresholds, positives) = (memory, thresholds, positives)
                        Libtorch.concurrently(blockCount) { draw in
                            guard let row = memory.baseAddress.map({ $0 + draw * tile.count }),
                                let limits = thresholds.baseAddress
                            else { return }
                            for piece in pieces {
                                for size in scales.indices {
                                    let place = (size * segments.count + piece.segment) * drawCount + first + draw
                                    positives[place] += Int32(
                                        truncatingIfNeeded: ck_count_at_least(
                                            instructions, row + piece.range.lowerBound,
                                            limits + size * tileSize + piece.range.lowerBound,
                                            Int64(piece.range.count)))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The shares of correct decisions per cell, and the shares of decisions that change, of one draw.
    func shares(size: Int, draw: Int) -> (correct: [Double], flipped: [Double]) {
        var correct = [Double](repeating: 0, count: people.cellCount)
        var flipped = correct
        for (place, segment) in people.segments.enumerated() {
            let positive = Int(positives[(size * people.segments.count + place) * drawCount + draw])
            let negative = segment.range.count - positive
            let count = Double(people.counts[segment.cell])
            correct[segment.cell] += Double(segment.cell.isMultiple(of: 2) ? negative : positive) / count
            flipped[segment.cell] += Double(segment.decision ? negative : positive) / count
        }
        return (correct, flipped)
    }

    /// ‖θ + σz‖, the Lipschitz constant of a draw's scores.
    func norm(size: Int, draw: Int) -> Double {
        let scale = scales[size]
        let square = modelNorm * modelNorm + 2 * scale * products[draw] + scale * scale * squares[draw]
        return max(0, square).squareRoot()
    }
}
