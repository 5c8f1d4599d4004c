import Foundation
import Torch

/// What normal noise of one size does to the decisions of every cell, in closed form: means over its people.
///
/// The noisy score over ‖x‖ is α + ξ with ξ ~ N(0, σ²), whatever the dimension, so a decision is right with
/// probability Φ(α/σ) and flips with D = Φ(−|α|/σ). A row of zeros keeps its decision.
public struct FlipSums: Sendable {
    /// E Φ(α/σ): the expected share of correct decisions.
    public let expectedShares: [Double]
    /// E D: the expected share of decisions that change.
    public let flips: [Double]
    /// E Φ(α/σ)(1 − Φ(α/σ)): the variance if all moved together.
    let variances: [Double]
    /// ½ E e^(−α²/2σ²) ≥ E D
    let exponentials: [Double]

    init(_ people: AuditedPeople, scale: Double) {
        let sums = people.cellMeans(4) { margin, isCorrect in
            guard let margin else { return [isCorrect ? 1 : 0, 0, 0, 0] }
            let right = StandardNormal.cumulative(margin / scale)
            let wrong = StandardNormal.cumulative(-margin / scale)
            return [right, min(right, wrong), right * wrong, exp(-margin * margin / (2 * scale * scale)) / 2]
        }
        expectedShares = sums[0]
        flips = sums[1]
        variances = sums[2]
        exponentials = sums[3]
    }
}

extension AuditedPeople {
    /// Means per cell of quantities that depend on a person's angular margin and on whether the decision without
    /// noise is correct; 0 for an empty cell. In parts of fixed bounds, so that threads do not change the sums.
    func cellMeans(_ count: Int, _ body: @Sendable (_ margin: Double?, _ isCorrect: Bool) -> SIMD4<Double>)
        -> [[Double]]
    {
        let block = 8192
        var parts: [(segment: Segment, range: Range<Int>)] = []
        for segment in segments {
            for start in stride(from: segment.range.lowerBound, to: segment.range.upperBound, by: block) {
                parts.append((segment, start..<min(start + block, segment.range.upperBound)))
            }
        }
        var sums = [SIMD4<Double>](repeating: .zero, count: parts.count)
        let all = parts
        sums.withUnsafeMutableBufferPointer { buffer in
            // Every place is written by one thread alone.
            nonisolated(unsafe) let buffer = buffer
            Libtorch.concurrently(all.count) { place in
                let (segment, range) = all[place]
                let isPositive = !segment.cell.isMultiple(of: 2)
                var sum = SIMD4<Double>.zero
                for person in range {
                    sum += body(margin(person, isPositive: isPositive), segment.decision == isPositive)
                }
                buffer[place] = sum
            }
        }
        var means = Array(repeating: [Double](repeating: 0, count: cellCount), count: count)
        for (part, sum) in zip(all, sums) {
            for place in 0..<count { means[place][part.segment.cell] += sum[place] / Double(counts[part.segment.cell]) }
        }
        return means
    }
}
