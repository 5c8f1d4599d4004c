import Foundation
import Torch
import Verification

/// The variance over the noise of a measure F = Σᵢ wᵢ 1{decision i is correct}:
///
///     Var F = Σᵢⱼ wᵢ wⱼ (Φ₂(αᵢ/σ, αⱼ/σ; yᵢ yⱼ cos∠(xᵢ, xⱼ)) − Φ(αᵢ/σ) Φ(αⱼ/σ))
public struct RateVariance: Hashable, Sendable, Codable {
    public let value: Double
    /// nil where all pairs were summed; otherwise the standard error of the estimate from drawn pairs.
    public let standardError: Double?

    /// Up to this many people all pairs are summed.
    public static let greatestExactCount = 3000
    /// Pairs drawn where they are more.
    public static let pairCount = 20_000

    public var isExact: Bool { standardError == nil }

    /// The standard deviation; where the estimate of the variance came out negative, 0.
    public var standardDeviation: Double { max(0, value).squareRoot() }

    /// The variance, or three standard errors above its estimate.
    public var upper: Double { max(0, value + 3 * (standardError ?? 0)) }

    /// One person's part in the sum.
    private struct Part {
        let person: Int
        let weight: Double
        /// The label's.
        let sign: Double
    }

    /// - Throws: what libtorch has to say.
    init(
        _ covariances: CellCovariances, functional: RateFunctional, greatestExactCount: Int = Self.greatestExactCount
    ) throws {
        let pairs = covariances.pairs
        let people = pairs.people
        let cells = functional.coefficients.indices.filter {
            functional.coefficients[$0] != 0 && people.counts[$0] > 0
        }
        guard cells.reduce(0, { $0 + people.counts[$1] }) > greatestExactCount else {
            var sum = 0.0
            for first in cells {
                for second in cells {
                    sum +=
                        try functional.coefficients[first] * functional.coefficients[second]
                        * covariances.covariance(first, second)
                }
            }
            self.init(value: sum, standardError: nil)
            return
        }
        var parts: [Part] = []
        for segment in people.segments where functional.coefficients[segment.cell] != 0 {
            let weight = functional.coefficients[segment.cell] / Double(people.counts[segment.cell])
            let sign = segment.cell.isMultiple(of: 2) ? -1.0 : 1
            for person in segment.range { parts.append(Part(person: person, weight: weight, sign: sign)) }
        }
        let all = parts
        self = try people.features.withElements(of: Double.self) { Self.sampled(pairs, all, $0) }
    }

    private init(value: Double, standardError: Double?) {
        self.value = value
        self.standardError = standardError
    }

    /// With sᵢ the standard deviation of person i's part, people are drawn with probabilities |wᵢ|sᵢ/T, T = Σ|wᵢ|sᵢ;
    /// then T² sign(wᵢwⱼ) covᵢⱼ/(sᵢsⱼ) is unbiased, and bounded by T² since the last factor is a correlation.
    private static func sampled(
        _ pairs: PairCovariance, _ parts: [Part], _ memory: UnsafeMutableBufferPointer<Double>
    ) -> RateVariance {
        var edges: [Double] = []
        edges.reserveCapacity(parts.count)
        var total = 0.0
        for part in parts {
            total += abs(part.weight) * pairs.spreads[part.person]
            edges.append(total)
        }
        guard total > 0 else { return RateVariance(value: 0, standardError: 0) }
        var generator = SplitMix64(seed: 5)
        func drawn() -> Part {
            let target = Double.random(in: 0..<total, using: &generator)
            var (low, high) = (0, parts.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if edges[middle] > target { high = middle } else { low = middle + 1 }
            }
            return parts[low]
        }
        var (sum, squares) = (0.0, 0.0)
        for _ in 0..<pairCount {
            let (first, second) = (drawn(), drawn())
            let covariance = pairs.covariance(
                first.person, second.person, signs: first.sign * second.sign, memory)
            let scale = pairs.spreads[first.person] * pairs.spreads[second.person]
            let correlation = scale > 0 ? covariance / scale : 0
            let value = first.weight * second.weight < 0 ? -correlation : correlation
            sum += value
            squares += value * value
        }
        let mean = sum / Double(pairCount)
        let error = (max(0, squares / Double(pairCount) - mean * mean) / Double(pairCount)).squareRoot()
        return RateVariance(value: total * total * mean, standardError: total * total * error)
    }
}
