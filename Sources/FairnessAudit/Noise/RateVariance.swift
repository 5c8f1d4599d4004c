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

    /// - Throws: what libtorch has to say.
    init(
        _ people: AuditedPeople, functional: RateFunctional, scale: Double,
        greatestExactCount: Int = Self.greatestExactCount
    ) throws {
        let involved = people.segments.filter { functional.coefficients[$0.cell] != 0 }
        let count = involved.reduce(0) { $0 + $1.range.count }
        let pairs = PairCovariance(people, scale: scale)
        self = try people.features.withElements(of: Double.self) { memory in
            // Read alone.
            nonisolated(unsafe) let memory = memory
            return count <= greatestExactCount
                ? Self.exact(people, involved, functional, pairs, memory)
                : Self.sampled(people, involved, functional, pairs, memory)
        }
    }

    private init(value: Double, standardError: Double?) {
        self.value = value
        self.standardError = standardError
    }

    private static func exact(
        _ people: AuditedPeople, _ involved: [AuditedPeople.Segment], _ functional: RateFunctional,
        _ pairs: PairCovariance, _ memory: UnsafeMutableBufferPointer<Double>
    ) -> RateVariance {
        var persons: [(PairCovariance.Person, weight: Double)] = []
        for segment in involved {
            let weight = functional.coefficients[segment.cell] / Double(people.counts[segment.cell])
            for place in segment.range {
                // Who is 8.5 σ from the border never changes sides.
                let person = pairs.person(place, in: segment)
                if abs(person.deviation) < 8.5 { persons.append((person, weight)) }
            }
        }
        var sums = [Double](repeating: 0, count: persons.count)
        let all = persons
        nonisolated(unsafe) let features = memory
        sums.withUnsafeMutableBufferPointer { buffer in
            // Every place is written by one thread alone.
            nonisolated(unsafe) let buffer = buffer
            // A short row from one end goes with a long one from the other, so that threads have equal work.
            Libtorch.concurrently((all.count + 1) / 2) { part in
                for place in Set([part, all.count - 1 - part]) {
                    let (person, weight) = all[place]
                    var sum = weight * pairs.variance(person) / 2
                    for (other, otherWeight) in all[(place + 1)...] {
                        sum += otherWeight * pairs.covariance(person, other, features)
                    }
                    buffer[place] = 2 * weight * sum
                }
            }
        }
        return RateVariance(value: sums.reduce(0, +), standardError: nil)
    }

    /// The mean over pairs (i, j) drawn with probabilities |wᵢ||wⱼ| / W² of W² sign(wᵢ wⱼ) covᵢⱼ, which is unbiased.
    private static func sampled(
        _ people: AuditedPeople, _ involved: [AuditedPeople.Segment], _ functional: RateFunctional,
        _ pairs: PairCovariance, _ memory: UnsafeMutableBufferPointer<Double>
    ) -> RateVariance {
        var edges = [0.0]
        for segment in involved {
            let weight = functional.coefficients[segment.cell] / Double(people.counts[segment.cell])
            edges.append(edges[edges.count - 1] + abs(weight) * Double(segment.range.count))
        }
        let total = edges[edges.count - 1]
        var generator = SplitMix64(seed: 5)
        func drawn() -> (PairCovariance.Person, sign: Double) {
            let target = Double.random(in: 0..<total, using: &generator)
            let place = min(involved.count - 1, max(0, (edges.firstIndex { $0 > target } ?? involved.count) - 1))
            let segment = involved[place]
            let person = Int.random(in: segment.range, using: &generator)
            return (pairs.person(person, in: segment), functional.coefficients[segment.cell] < 0 ? -1 : 1)
        }
        var (sum, squares) = (0.0, 0.0)
        for _ in 0..<pairCount {
            let (first, second) = (drawn(), drawn())
            let covariance =
                first.0.place == second.0.place
                ? pairs.variance(first.0) : pairs.covariance(first.0, second.0, memory)
            let value = total * total * first.sign * second.sign * covariance
            sum += value
            squares += value * value
        }
        let mean = sum / Double(pairCount)
        let spread = max(0, squares / Double(pairCount) - mean * mean)
        return RateVariance(value: mean, standardError: (spread / Double(pairCount)).squareRoot())
    }
}
