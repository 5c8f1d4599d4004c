import Foundation
import Torch

/// How people's decisions move together under normal noise of size σ.
struct PairCovariance: Sendable {
    let people: AuditedPeople
    /// α/σ; infinite for a row of zeros, whose decision stays.
    let deviations: [Double]
    /// √(Φ(α/σ) Φ(−α/σ)), the standard deviation of 1{the decision is correct}.
    let spreads: [Double]

    init(_ people: AuditedPeople, scale: Double) {
        self.people = people
        var deviations = [Double](repeating: .infinity, count: people.count)
        var spreads = [Double](repeating: 0, count: people.count)
        deviations.withUnsafeMutableBufferPointer { deviations in
            spreads.withUnsafeMutableBufferPointer { spreads in
                // Every person's places are written by one thread alone.
                nonisolated(unsafe) let (deviations, spreads) = (deviations, spreads)
                for segment in people.segments {
                    let isPositive = !segment.cell.isMultiple(of: 2)
                    let block = 8192
                    Libtorch.concurrently((segment.range.count + block - 1) / block) { part in
                        let start = segment.range.lowerBound + part * block
                        for person in start..<min(start + block, segment.range.upperBound) {
                            guard let margin = people.margin(person, isPositive: isPositive) else { continue }
                            let deviation = margin / scale
                            deviations[person] = deviation
                            let (right, wrong) = (
                                StandardNormal.cumulative(deviation), StandardNormal.cumulative(-deviation)
                            )
                            spreads[person] = (right * wrong).squareRoot()
                        }
                    }
                }
            }
        }
        self.deviations = deviations
        self.spreads = spreads
    }

    /// Cov(1{first is correct}, 1{second is correct}) for two people with the labels' signs given.
    func covariance(
        _ first: Int, _ second: Int, signs: Double, _ features: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        guard first != second else { return spreads[first] * spreads[first] }
        let (h, k) = (deviations[first], deviations[second])
        guard abs(h) < 8.5, abs(k) < 8.5 else { return 0 }
        let width = people.dimension
        let (start, other) = (first * width, second * width)
        var product = 0.0
        for place in 0..<width { product += features[start + place] * features[other + place] }
        var cosine = product / (people.norms[first] * people.norms[second])
        // Rounding of equal or opposite rows must not pass for an angle.
        if abs(cosine) > 1 - 1e-15 { cosine = cosine < 0 ? -1 : 1 }
        return BivariateNormal.excess(h, k, correlation: signs * min(1, max(-1, cosine)))
    }
}
